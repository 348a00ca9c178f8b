import { itemAt } from './dice';

export interface DemoName {
  readonly firstName: string;
  readonly lastName: string;
}

// The lists' lengths, 53 and 59, have no common divisor. So a pair of names returns only after 53 × 59 people.
const FIRST_NAMES =
  `Butterblume Pumpernickel Zimtsternchen Waffles Rhabarberine Biscuit Kohlrabi Marmalade Lavendula Bergamotte
  Crumpet Wirsinga Pudding Thymianus Tapioca Löwenzahn Gingersnap Fenchelbert Cinnamonika Radieschen Trifle Quitterich
  Clementinia Brezelinde Noodle Estragonia Custard Kürbisbert Petersilius Sprinkles Holunda Macaroon Preiselbeera
  Dumpling Mirabellina Crouton Schnittlaucha Sorbetta Kardamomus Muffin Pastinaka Truffle Sauerampfer Jellybean
  Majoranna Pickle Ingwerine Scone Kümmelbert Popover Kapernikus Flapjack Rosinella`.split(/\s+/);

const LAST_NAMES =
  `Wolkenheim Teekessel Gurkenglas Thistlewhistle Pfützenspringer Umbrellastand Kuckucksuhr Quillfeather Butterbrotdose
  Doorknobbington Wackelpudding Featherduster Zahnradsalat Puddlejumper Strohhutträger Wigglesocks Mondscheinlampe
  Teaspoonley Kissenschlacht Bumblebrook Gießkanne Snoozebutton Knopflochner Wobbletable Regenschirm Lampshade-Smythe
  Pusteblumer Cardigansleeve Seifenblaser Squeakyhinge Wollsocke Moonbiscuit Federkissen Thunderpocket Apfelstrudler
  Button-Upside Himmelblauer Crumbcatcher Lichtschalter Whistlekettle Zuckerwatter Fogbottle Glockenspieler Marblejar
  Purzelbaumer Slipperslide Sternschnupfer Jugglepin Nudelholzer Tumbleweedon Papierflieger Velvetspoon Schaukelpferd
  Cloudwhisk Blumentopf Doilyworth Wunderkerze Pepperpotter Eierbecher`.split(/\s+/);

/** The name of the person at `index`, from 0: no two are alike, and none could be anybody's. */
export function nameAt(index: number): DemoName {
  return { firstName: itemAt(FIRST_NAMES, index), lastName: itemAt(LAST_NAMES, index) };
}

/** `Kürbisbert Gießkanne` → `kuerbisbert.giesskanne@…` */
export function emailOf({ firstName, lastName }: DemoName, domain: string): string {
  return `${inAscii(firstName)}.${inAscii(lastName)}@${domain}`;
}

function inAscii(name: string): string {
  return name.toLowerCase().replace(/[äöüß]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[letter] ?? 'ss');
}

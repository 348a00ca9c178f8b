/** A team: what it is called, how many people its lead supervises, and what those people do. */
export interface DemoTeam {
  readonly name: string;
  readonly size: number;
  readonly positions: readonly string[];
}

export interface DemoDepartment {
  readonly name: string;
  readonly teams: readonly DemoTeam[];
}

/** A member of the board, and the departments whose heads report to it. */
export interface DemoChief {
  readonly position: string;
  readonly departments: readonly DemoDepartment[];
}

/** A place of work, whose people all follow one calendar and belong to one legal entity. */
export interface DemoOffice {
  readonly name: string;
  readonly holidayCalendar: string;
  readonly subcompany: string;
  /** Reserved for examples, so that no mail can reach anybody. @see https://www.rfc-editor.org/rfc/rfc2606 */
  readonly mailDomain: string;
}

const GERMAN = { subcompany: 'Wolkenpolitur Imaginär GmbH', mailDomain: 'wolkenpolitur.example' };
const BRITISH = { subcompany: 'Imaginary Cloud Polish Ltd', mailDomain: 'cloudpolish.example' };
const AUSTRIAN = { subcompany: 'Teekanne & Donner Erfindungen AG', mailDomain: 'example.com' };

export const OFFICES: readonly DemoOffice[] = [
  { name: 'Nebelhausen', holidayCalendar: 'Germany (Bavaria)', ...GERMAN },
  { name: 'Krümelstadt', holidayCalendar: 'Germany (Berlin)', ...GERMAN },
  { name: 'Puddlewick-on-Sea', holidayCalendar: 'United Kingdom (England)', ...BRITISH },
  { name: 'Loch Doughnut', holidayCalendar: 'United Kingdom (Scotland)', ...BRITISH },
  { name: 'Schlagobersdorf', holidayCalendar: 'Austria', ...AUSTRIAN },
];

export const EXECUTIVES: DemoDepartment = { name: 'Executive Soufflé', teams: [] };

/** Everything below the board: ten departments of three teams, with 203 people for the teams. */
export const CHIEFS: readonly DemoChief[] = [
  {
    position: 'Chief Operating Octopus',
    departments: [
      department(
        'Cloud Polishing',
        team('Cumulus Gloss', 11, 'Cumulus Polisher', 'Senior Cloud Buffer', 'Wolkenfeger'),
        team('Silver Linings', 9, 'Lining Seamster', 'Silver Taster', 'Hemline Meteorologist'),
        team('Nebelentstaubung', 7, 'Fog Duster', 'Nebelsieber', 'Mist Librarian'),
      ),
      department(
        'Rainbow Logistics',
        team('Pot-of-Gold Delivery', 9, 'Leprechaun Liaison', 'Pot Stacker', 'Rainbow End Finder'),
        team('Farbsortierung', 6, 'Indigo Specialist', 'Farbenflüsterer', 'Ultraviolet Intern Wrangler'),
        team('Pfützenretouren', 8, 'Puddle Returns Clerk', 'Gummistiefelbeauftragte', 'Splash Auditor'),
      ),
    ],
  },
  {
    position: 'Chief Teapot Officer',
    departments: [
      department(
        'Teapot Engineering',
        team('Spouts and Handles', 9, 'Spout Aerodynamicist', 'Henkelingenieur', 'Drip Prevention Engineer'),
        team('Lid Reliability', 8, 'Lid Reliability Engineer', 'Deckelprüfer', 'Clink Tuner'),
        team('Storm Containment', 7, 'Storm-in-a-Teapot Handler', 'Thunder Bottler', 'Sturmverwalter'),
      ),
      department(
        'Software Gardening',
        team('Semicolon Rescue', 8, 'Semicolon Paramedic', 'Bracket Matchmaker', 'Klammernzähler'),
        team('Rubber Duck Liaison', 6, 'Duck Interpreter', 'Senior Quack Analyst', 'Entenbotschafter'),
        team('Bug Adoption', 7, 'Bug Whisperer', 'Käferpate', 'Feature Disguiser'),
      ),
    ],
  },
  {
    position: 'Chief Piggy Bank Officer',
    departments: [
      department(
        'Marmalade Finance',
        team('Bean Counting', 6, 'Bean Counter', 'Senior Lentil Counter', 'Erbsenzähler'),
        team('Invoice Origami', 5, 'Invoice Folder', 'Rechnungsfalter', 'Paper Crane Controller'),
        team('Sofa Coin Recovery', 5, 'Cushion Diver', 'Sofaritzenforscher', 'Penny Archaeologist'),
      ),
    ],
  },
  {
    position: 'Chief Pancake Officer',
    departments: [
      department(
        'People and Pancakes',
        team('Welcome Waffles', 5, 'Waffle Greeter', 'Onboarding Confectioner', 'Konfettikellner'),
        team('Payslip Poetry', 4, 'Payslip Poet', 'Gehaltslyriker', 'Rhyme Accountant'),
        team('Nickerchenplanung', 4, 'Nap Coordinator', 'Pillow Fluffer', 'Hängemattenwart'),
      ),
    ],
  },
  {
    position: 'Chief Applause Officer',
    departments: [
      department(
        'Umbrella Sales',
        team('Rainy Accounts', 8, 'Drizzle Account Manager', 'Regenschirmberater', 'Puddle Closer'),
        team('Desert Expansion', 7, 'Optimistic Umbrella Seller', 'Mirage Prospector', 'Kamelbetreuer'),
        team('Handshake Rehearsal', 6, 'Handshake Choreographer', 'Nicklehrer', 'Senior Winker'),
      ),
      department(
        'Confetti Marketing',
        team('Glitter Strategy', 6, 'Glitter Strategist', 'Funkelplaner', 'Sparkle Analyst'),
        team('Slogan Ripening', 5, 'Slogan Cellar Keeper', 'Spruchreifeprüfer', 'Pun Sommelier'),
        team('Fanfare Production', 6, 'Kazoo Producer', 'Trommelwirbler', 'Ta-da Engineer'),
      ),
      department(
        'Customer Hugging',
        team('Complaint Cushioning', 9, 'Complaint Cushioner', 'Kissenkurier', 'Sigh Translator'),
        team('Hold Music Orchestra', 7, 'Hold Music Triangle Player', 'Warteschleifengeiger', 'Silence Composer'),
        team('Lost Sock Hotline', 7, 'Sock Detective', 'Sockenseelsorger', 'Left Sock Specialist'),
      ),
    ],
  },
  {
    position: 'Chief Curiosity Officer',
    departments: [
      department(
        'Unlikely Research',
        team('Toast Trajectories', 6, 'Buttered Side Forecaster', 'Toastphysiker', 'Crumb Ballistician'),
        team('Perpetual Motion (paused)', 6, 'Perpetual Motion Caretaker', 'Anschubser', 'Entropy Complainer'),
        team('Keksakustik', 6, 'Biscuit Acoustician', 'Knusperforscher', 'Crunch Archivist'),
      ),
    ],
  },
];

function department(name: string, ...teams: readonly DemoTeam[]): DemoDepartment {
  return { name, teams };
}

function team(name: string, size: number, ...positions: readonly string[]): DemoTeam {
  return { name, size, positions };
}

export const DEPARTMENTS: readonly DemoDepartment[] = [EXECUTIVES, ...CHIEFS.flatMap(({ departments }) => departments)];

/** What bears a part of some people's cost beside their department's own cost center. */
export const SHARED_COST_CENTER = '9900 Unforeseen Jelly';

/** The name of a department's own cost center: `1000 Executive Soufflé`. */
export function costCenterOf({ name }: DemoDepartment): string {
  const place = DEPARTMENTS.findIndex((one) => one.name === name);
  return `${1000 + 100 * place} ${name}`;
}

export const COST_CENTERS: readonly string[] = [...DEPARTMENTS.map(costCenterOf), SHARED_COST_CENTER];

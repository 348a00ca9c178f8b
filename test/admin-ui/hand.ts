import type { Locator, Page } from 'playwright-core';

/** One way of using a page. What must work, works by each of them. */
export interface Hand {
  readonly name: 'mouse' | 'keyboard';
  /** Uses a button or follows a link. */
  press(target: Locator): Promise<void>;
  /** Ticks or unticks a box, or turns a switch. */
  toggle(target: Locator): Promise<void>;
  write(target: Locator, text: string): Promise<void>;
  /** Chooses from a list that opens. */
  choose(target: Locator, option: string): Promise<void>;
  /** Goes to another tab of a row of tabs. */
  turnTo(target: Locator): Promise<void>;
}

export function mouse(page: Page): Hand {
  return {
    name: 'mouse',
    press: (target) => target.click(),
    toggle: async (target) => {
      // Of a switch only the track beside the hidden box can be clicked.
      const track = target.locator('xpath=following-sibling::*[contains(@class, "Switch-track")]');
      await ((await track.count()) > 0 ? track : target).click();
    },
    write: (target, text) => target.fill(text),
    choose: async (target, option) => {
      await target.click();
      await page.getByRole('listbox').getByRole('option', { name: option }).click();
    },
    turnTo: (target) => target.click(),
  };
}

/** Nothing but keys: what cannot be reached by Tab cannot be used. */
export function keyboard(page: Page): Hand {
  const reach = (target: Locator) => tabTo(page, target);
  return {
    name: 'keyboard',
    press: async (target) => {
      await reach(target);
      await page.keyboard.press('Enter');
    },
    toggle: async (target) => {
      await reach(target);
      await page.keyboard.press('Space');
    },
    write: async (target, text) => {
      await reach(target);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(text);
    },
    choose: async (target, option) => {
      await reach(target);
      await page.keyboard.type(option);
      await page.getByRole('listbox').getByRole('option', { name: option }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    },
    turnTo: async (target) => {
      const tabs = target.locator('xpath=ancestor::*[@role="tablist"]//*[@role="tab" and @aria-selected="true"]');
      await reach(tabs);
      for (let step = 0; step < 6 && !(await isFocused(target)); step++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
    },
  };
}

/** More steps than any page has places to stop at. */
const MOST_STEPS = 250;

async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor({ state: 'attached' });
  // Whoever wants to go back presses Shift and Tab.
  const key = (await isBehind(target)) ? 'Shift+Tab' : 'Tab';
  for (let step = 0; step < MOST_STEPS; step++) {
    if (await isFocused(target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`The keyboard does not reach ${String(target)}.`);
}

function isBehind(target: Locator): Promise<boolean> {
  return target.evaluate((element) => {
    const active = element.ownerDocument.activeElement;
    return active !== null && (active.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  });
}

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === element.ownerDocument.activeElement);
}

import { openHouse, type House } from '../app';
import { readConfig } from '../config';
import { assertThere } from '../store/existing-store';

type Work = (house: House) => Promise<void>;

/**
 * Works on the store of the settings, which must be there: in a wrong folder, a command that only reads would make an empty
 * store and say that all is well.
 *
 * @throws UsageError when there is none
 */
export async function inHouse(work: Work): Promise<void> {
  await assertThere(readConfig());
  await inHouseOrNew(work);
}

/** Works on the store of the settings, or makes it. */
export async function inHouseOrNew(work: Work): Promise<void> {
  const house = await openHouse(readConfig());
  try {
    await work(house);
  } finally {
    await house.close();
  }
}

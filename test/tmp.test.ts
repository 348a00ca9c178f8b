import { databases } from './support/database';
import { openStore } from '../src/store/store';
describe.each(databases)('$name', ({ freshLocation }) => {
  test('opens', async () => {
    for (let i = 0; i < 4; i++) {
      const t0 = performance.now();
      const location = await freshLocation();
      const t1 = performance.now();
      const store = await openStore(location);
      const t2 = performance.now();
      await store.close();
      const t3 = performance.now();
      const again = await openStore(location);
      await again.close();
      const t4 = performance.now();
      await location.remove();
      console.log([t1 - t0, t2 - t1, t3 - t2, t4 - t3, performance.now() - t4].map(Math.round).join(' '));
    }
  });
});

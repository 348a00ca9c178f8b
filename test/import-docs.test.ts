import { readFileSync } from 'node:fs';
import path from 'node:path';
import { databases } from './support/database';
import { importSite } from './support/import';
import { takeAbsences, takeAttendances } from './support/import-records';
import { present } from './support/present';

const page = readFileSync(path.resolve(__dirname, '../docs/importing.md'), 'utf8');

function blocks(language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => present(block));
}

test.each(databases)(
  'the files and the map in docs/importing.md are taken as they stand, on $name',
  async (database) => {
    const [plain, mapped, absences, attendances] = blocks('csv').map((text) => ({ text }));
    const [map] = blocks('json').map((text) => JSON.parse(text) as unknown);
    const site = await importSite(database);
    expect(await site.take(present(mapped), map)).toMatchObject({ created: 2, skipped: 0 });
    expect(await site.take(present(mapped), map)).toMatchObject({ unchanged: 2 });
    expect(await site.people()).toMatchObject([
      { first_name: 'Ada', gender: 'FEMALE', hire_date: '2019-04-01', fix_salary_amount: 7100.5, status: 'ACTIVE' },
      { first_name: 'Grace', gender: 'UNDISCLOSED', supervisor_id: 1, fix_salary_interval: 'MONTHLY' },
    ]);
    // The shirts that the map made are what the other file may name.
    expect(await site.take(present(plain))).toMatchObject({ updated: 2 });
    expect(await takeAbsences(site, present(absences).text)).toMatchObject({ created: 2 });
    expect(await takeAttendances(site, present(attendances).text)).toMatchObject({ created: 2 });
    await site.close();
  },
);

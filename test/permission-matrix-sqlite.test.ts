import { databases } from './support/database';
import { everyUseOn } from './support/matrix/suite';

databases.filter(({ name }) => name === 'SQLite').forEach(everyUseOn);

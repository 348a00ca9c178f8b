import 'reflect-metadata';
import { readConfig } from './src/config';
import { writerDataSource } from './src/store/data-source';

/** The DataSource for TypeORM's own command line, such as `migration:show` and `migration:generate`. */
export default writerDataSource(readConfig());

import { registerEnumType } from 'type-graphql';
import { enumOf } from '../attributes/attribute.type';
import { ROW_STATUSES, WRITE_MODES } from './write-outcome';

export const WriteModeEnum = enumOf(WRITE_MODES);
registerEnumType(WriteModeEnum, {
  name: 'WriteMode',
  description: 'What happens to the good rows of an input that has bad ones.',
  valuesConfig: {
    ALL_OR_NOTHING: { description: 'One bad row, and nothing is written.' },
    PER_ROW: { description: 'Good rows are written, bad ones are told.' },
  },
});

export const RowStatusEnum = enumOf(ROW_STATUSES);
registerEnumType(RowStatusEnum, {
  name: 'RowStatus',
  description: 'What became of a row.',
  valuesConfig: {
    CREATED: { description: 'It is new.' },
    UPDATED: { description: 'It was written.' },
    UNCHANGED: { description: 'It says what is stored already; nothing was written.' },
    REFUSED: { description: 'Something is wrong with it: see its errors.' },
    NOT_APPLIED: { description: 'Nothing is wrong with it, but with another row.' },
  },
});

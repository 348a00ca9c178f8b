import sql, { type Sql } from 'sql-template-tag';
import type { Planning } from './planning';

/** A period of days, both of them included as far as their halves are, as SQL. */
export interface PeriodSql {
  readonly startDate: Sql;
  readonly endDate: Sql;
  readonly startsAtNoon: Sql;
  readonly endsAtNoon: Sql;
}

/** What `workdaysIn` of src/absences/absence.ts counts, in SQL: days from Monday to Friday, half days as 0.5. */
export class Workdays {
  constructor(private readonly planning: Planning) {}

  in(period: PeriodSql): Sql {
    return this.counted(period, period.startDate, period.endDate);
  }

  /** Only the days from `from` to `to`. */
  within(period: PeriodSql, from: Sql, to: Sql): Sql {
    const first = this.planning.greatest(period.startDate, from);
    const last = this.planning.least(period.endDate, to);
    return sql`CASE WHEN ${first} > ${last} THEN 0 ELSE ${this.counted(period, first, last)} END`;
  }

  private counted(period: PeriodSql, first: Sql, last: Sql): Sql {
    const whole = sql`(${this.before(sql`(${this.number(last)} + 1)`)} - ${this.before(this.number(first))})`;
    const startHalf = this.half(period.startsAtNoon, first, period.startDate);
    const endHalf = this.half(period.endsAtNoon, last, period.endDate);
    return sql`(${whole} - ${startHalf} - ${endHalf})`;
  }

  private half(isHalf: Sql, day: Sql, edge: Sql): Sql {
    return sql`CASE WHEN ${isHalf} AND ${day} = ${edge} AND ${this.number(day)} % 7 < 5 THEN 0.5 ELSE 0 END`;
  }

  /** Workdays before the day of this number. */
  private before(number: Sql): Sql {
    return sql`(${number} / 7 * 5 + ${this.planning.least(sql`${number} % 7`, sql`5`)})`;
  }

  /** Days since 0001-01-01, which was a Monday. */
  private number(day: Sql): Sql {
    return this.planning.dialect === 'sqlite'
      ? sql`CAST(julianday(${day}) - 1721425.5 AS integer)`
      : sql`(CAST(${day} AS date) - DATE '0001-01-01')`;
  }
}

import { Arg, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Clock } from '../clock';
import type { CredentialId, CredentialSummary } from '../credentials/credential';
import { CredentialType } from '../credentials/credential.type';
import { Weighs } from '../operations/weight';
import { Structure } from '../permissions/guard.decorators';
import type { AttributeUsage, Day, DayUsage } from './usage';
import { lastDays } from './usage.resolver';
import type { UsageStore } from './usage.store';
import { CredentialUsageType } from './usage.type';

/** Whose usage is asked for. The counts are read when they are selected. */
interface AskedUsage {
  readonly credentialId: CredentialId;
  readonly span: readonly Day[];
}

/** A statement for each credential: what a page of them may ask for ends sooner. */
const STATEMENT = 10;

@Resolver(() => CredentialType)
export class CredentialUsageResolver {
  constructor(private readonly clock: Clock) {}

  @Structure()
  @FieldResolver(() => CredentialUsageType, {
    description: 'What it asks for. Counts are some seconds behind, and kept for 400 days.',
  })
  usage(
    @Root() { id }: CredentialSummary,
    @Arg('days', () => Int, {
      nullable: true,
      description: 'How many, today among them, at most 400; 30 when left out.',
    })
    days: number | null,
  ): AskedUsage {
    return { credentialId: id, span: lastDays(this.clock, days) };
  }
}

@Resolver(() => CredentialUsageType)
export class CredentialUsageFieldsResolver {
  constructor(private readonly store: UsageStore) {}

  @Weighs(STATEMENT)
  @FieldResolver()
  days(@Root() { credentialId, span }: AskedUsage): Promise<readonly DayUsage[]> {
    return this.store.days(span, credentialId);
  }

  @Weighs(STATEMENT)
  @FieldResolver()
  attributes(@Root() { credentialId, span }: AskedUsage): Promise<readonly AttributeUsage[]> {
    return this.store.attributes(credentialId, span[0] ?? '');
  }
}

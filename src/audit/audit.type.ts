import { GraphQLScalarType } from 'graphql';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../attributes/attribute.type';
import { DateTimeScalar } from '../attributes/scalars';
import { PageInfoType } from '../pagination/page-info.type';
import { Structure } from '../permissions/guard.decorators';
import { AUDIT_ACTIONS, AUDIT_PARTY_KINDS, type AuditAction, type AuditJson, type AuditParty } from './audit-event';

/** `CREDENTIAL_CREATED` → `Credential created.` */
function sentence(action: string): string {
  const words = action.toLowerCase().replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

export const AuditActionEnum = enumOf(AUDIT_ACTIONS);
registerEnumType(AuditActionEnum, {
  name: 'AuditAction',
  description: 'What happened.',
  valuesConfig: Object.fromEntries(AUDIT_ACTIONS.map((action) => [action, { description: sentence(action) }])),
});

export const AuditPartyKindEnum = enumOf(AUDIT_PARTY_KINDS);
registerEnumType(AuditPartyKindEnum, {
  name: 'AuditPartyKind',
  description: 'Who acts, or what is acted upon.',
  valuesConfig: Object.fromEntries(AUDIT_PARTY_KINDS.map((kind) => [kind, { description: sentence(kind) }])),
});

export const JsonScalar = new GraphQLScalarType<AuditJson, AuditJson>({
  name: 'JSON',
  description: 'Any JSON value.',
});

@ObjectType('AuditParty', { description: 'Who acted, or what was acted upon.' })
export class AuditPartyType {
  @Structure()
  @Field(() => AuditPartyKindEnum, { description: 'What it is.' })
  kind!: AuditParty['kind'];

  @Structure()
  @Field(() => ID, { nullable: true, description: 'Which one it is; null where there is only one.' })
  id!: string | null;

  @Structure()
  @Field(() => String, { nullable: true, description: 'What it was called then.' })
  name!: string | null;
}

@ObjectType('AuditEvent', { description: 'A link of the audit chain. Nobody can change or remove one unnoticed.' })
export class AuditEventType {
  @Structure()
  @Field(() => ID, { description: 'The sequence as a text.' })
  id!: string;

  @Structure()
  @Field(() => Int, { description: 'Counts up by one, without gaps.' })
  sequence!: number;

  @Structure()
  @Field(() => DateTimeScalar, { description: 'When it happened.' })
  at!: string;

  @Structure()
  @Field(() => AuditActionEnum, { description: 'What happened.' })
  action!: AuditAction;

  @Structure()
  @Field(() => AuditPartyType, { description: 'Who did it.' })
  actor!: AuditParty;

  @Structure()
  @Field(() => AuditPartyType, { nullable: true, description: 'What it was done to.' })
  subject!: AuditParty | null;

  @Structure()
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'Settings and permissions before; never a secret or a value.',
  })
  before!: AuditJson;

  @Structure()
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'Settings and permissions after; never a secret or a value.',
  })
  after!: AuditJson;

  @Structure()
  @Field(() => Int, { description: 'How many times, for what is counted instead of told one by one.' })
  count!: number;

  @Structure()
  @Field(() => String, { description: 'SHA-256 over this event and, through it, all before.' })
  hash!: string;
}

@ObjectType('AuditEventEdge', { description: 'An event in a list, and the place there.' })
export class AuditEventEdgeType {
  @Structure()
  @Field(() => String, { description: 'Pass it as `after` to go on behind this event.' })
  cursor!: string;

  @Structure()
  @Field(() => AuditEventType, { description: 'The event.' })
  node!: AuditEventType;
}

@ObjectType('AuditEventConnection', { description: 'A page of events, the newest first.' })
export class AuditEventConnectionType {
  @Structure()
  @Field(() => [AuditEventEdgeType], { description: 'The events with their cursors.' })
  edges!: AuditEventEdgeType[];

  @Structure()
  @Field(() => [AuditEventType], { description: 'The events without their cursors.' })
  nodes!: AuditEventType[];

  @Structure()
  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;

  @Structure()
  @Field(() => Int, { description: 'How many events fit the filter; counted only when asked for.' })
  totalCount!: number;
}

@InputType('AuditFilter', { description: 'Which events to list. All that is given must fit.' })
export class AuditFilterInput {
  @Field(() => [AuditActionEnum], { nullable: true, description: 'One of these happened.' })
  actions?: AuditAction[] | null;

  @Field(() => ID, { nullable: true, description: 'Who did it.' })
  actorId?: string | null;

  @Field(() => ID, { nullable: true, description: 'What it was done to.' })
  subjectId?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'At this moment or later.' })
  since?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Before this moment.' })
  until?: string | null;
}

import { assertValidSchema, printSchema, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type ContainerType } from 'type-graphql';
import type { AccessDecisions } from './access-requests/access-decisions';
import { AccessDecisionResolver, AccessRequestResolver } from './access-requests/access-request.resolver';
import type { AccessRequestStore } from './access-requests/access-request.store';
import { AccountResolver } from './admins/account.resolver';
import type { Accounts } from './admins/accounts';
import type { AdminManagement } from './admins/admin-management';
import { AdminResolver } from './admins/admin.resolver';
import type { AdminStore } from './admins/admin.store';
import type { Setup } from './admins/setup';
import { AuditResolver } from './audit/audit.resolver';
import type { AuditLog } from './audit/audit.store';
import type { SessionStore } from './sessions/session.store';
import { AbsencePayloadResolver, AbsenceResolver, AbsenceTypePayloadResolver } from './absences/absence.resolver';
import { EmployeeAbsencesResolver } from './absences/employee-absences.resolver';
import {
  AttendancePayloadResolver,
  AttendanceResolver,
  AttendanceRowResolver,
  EmployeeAttendancesResolver,
} from './attendances/attendance.resolver';
import type { AttributeStore } from './attributes/attribute.store';
import type { CatalogueManagement } from './catalogue/catalogue-management';
import { CatalogueResolver } from './catalogue/catalogue.resolver';
import type { CredentialListStore } from './credentials/credential-list.store';
import type { CredentialManagement } from './credentials/credential-management';
import { CredentialManagementResolver } from './credentials/credential-management.resolver';
import type { CredentialViews } from './credentials/credential-views';
import { CredentialFieldsResolver, CredentialResolver } from './credentials/credential.resolver';
import type { SecretManagement } from './credentials/secret-management';
import { SecretResolver } from './credentials/secret.resolver';
import type { ShowOnce } from './credentials/show-once';
import { ViewerFieldsResolver, ViewerResolver } from './credentials/viewer.resolver';
import type { Clock } from './clock';
import { EmployeeConnectionResolver, EmployeeResolver } from './employees/employee.resolver';
import { ChangeResolver } from './employees/history/change.resolver';
import {
  EmployeePayloadResolver,
  EmployeeWritingResolver,
  UpsertEmployeeRowResolver,
} from './employees/writing/employee-writing.resolver';
import { FeedbackResolver } from './feedback/feedback.resolver';
import type { FeedbackStore } from './feedback/feedback.store';
import type { PublicAddress } from './public-address';
import { CredentialIntegrationResolver } from './integrations/credential-integration.resolver';
import { IntegrationResolver } from './integrations/integration.resolver';
import type { IntegrationStore } from './integrations/integration.store';
import { EmployeeStatisticsResolver } from './employees/statistics/statistics.resolver';
import type { Cursors } from './pagination/cursor';
import { assertGuarded } from './permissions/assert-guarded';
import { enforce } from './permissions/field-middleware';
import type { CredentialPreviewer } from './preview/credential-preview';
import { PreviewResolver } from './preview/preview.resolver';
import type { IdentityManagement } from './single-sign-on/identity-management';
import { SingleSignOnResolver } from './single-sign-on/single-sign-on.resolver';
import type { Erasure } from './protection/erasure';
import type { PersonAccessStore } from './protection/person-access.store';
import type { ProcessingRecord } from './protection/processing-record.store';
import { ProtectionResolver } from './protection/protection.resolver';
import type { FeatureSwitchStore } from './settings/feature-switch.store';
import { SettingsResolver } from './settings/settings.resolver';
import { CredentialUsageFieldsResolver, CredentialUsageResolver } from './usage/credential-usage.resolver';
import { UsageResolver } from './usage/usage.resolver';
import type { UsageStore } from './usage/usage.store';

/** What the resolvers work with. */
export interface SchemaParts {
  readonly attributes: AttributeStore;
  readonly cursors: Cursors;
  readonly clock: Clock;
  readonly integrations: IntegrationStore;
  readonly usage: UsageStore;
  readonly feedback: FeedbackStore;
  readonly features: FeatureSwitchStore;
  readonly audit: AuditLog;
  readonly admins: AdminStore;
  readonly setup: Setup;
  readonly accounts: Accounts;
  readonly adminManagement: AdminManagement;
  readonly sessions: SessionStore;
  readonly identityManagement: IdentityManagement;
  readonly address: PublicAddress;
  readonly credentialList: CredentialListStore;
  readonly credentialManagement: CredentialManagement;
  readonly secretManagement: SecretManagement;
  readonly views: CredentialViews;
  readonly showOnce: ShowOnce;
  readonly catalogue: CatalogueManagement;
  readonly previewer: CredentialPreviewer;
  readonly processingRecord: ProcessingRecord;
  readonly personAccess: PersonAccessStore;
  readonly erasure: Erasure;
  readonly accessRequests: AccessRequestStore;
  readonly accessDecisions: AccessDecisions;
  /** People that a group of a statistic needs to be shown. */
  readonly smallestGroup: number;
}

const RESOLVERS: ReadonlyMap<NewableFunction, (parts: SchemaParts) => object> = new Map<
  NewableFunction,
  (parts: SchemaParts) => object
>([
  [ViewerResolver, ({ attributes }) => new ViewerResolver(attributes)],
  [ViewerFieldsResolver, ({ attributes }) => new ViewerFieldsResolver(attributes)],
  [EmployeeResolver, ({ cursors }) => new EmployeeResolver(cursors)],
  [EmployeeStatisticsResolver, ({ smallestGroup }) => new EmployeeStatisticsResolver(smallestGroup)],
  [EmployeeConnectionResolver, () => new EmployeeConnectionResolver()],
  [EmployeeWritingResolver, () => new EmployeeWritingResolver()],
  [EmployeePayloadResolver, () => new EmployeePayloadResolver()],
  [UpsertEmployeeRowResolver, () => new UpsertEmployeeRowResolver()],
  [ChangeResolver, ({ cursors }) => new ChangeResolver(cursors)],
  [AbsenceResolver, ({ cursors }) => new AbsenceResolver(cursors)],
  [EmployeeAbsencesResolver, ({ cursors, clock }) => new EmployeeAbsencesResolver(cursors, clock)],
  [AbsencePayloadResolver, () => new AbsencePayloadResolver()],
  [AbsenceTypePayloadResolver, () => new AbsenceTypePayloadResolver()],
  [AttendanceResolver, ({ cursors }) => new AttendanceResolver(cursors)],
  [EmployeeAttendancesResolver, ({ cursors }) => new EmployeeAttendancesResolver(cursors)],
  [AttendancePayloadResolver, () => new AttendancePayloadResolver()],
  [AttendanceRowResolver, () => new AttendanceRowResolver()],
  [IntegrationResolver, ({ integrations }) => new IntegrationResolver(integrations)],
  [CredentialIntegrationResolver, ({ integrations }) => new CredentialIntegrationResolver(integrations)],
  [CredentialUsageResolver, ({ clock }) => new CredentialUsageResolver(clock)],
  [CredentialUsageFieldsResolver, ({ usage }) => new CredentialUsageFieldsResolver(usage)],
  [UsageResolver, ({ usage, clock }) => new UsageResolver(usage, clock)],
  [FeedbackResolver, ({ feedback, cursors }) => new FeedbackResolver(feedback, cursors)],
  [AccountResolver, ({ setup, accounts, admins, sessions }) => new AccountResolver(setup, accounts, admins, sessions)],
  [AdminResolver, ({ adminManagement, admins, address }) => new AdminResolver(adminManagement, admins, address)],
  [SingleSignOnResolver, ({ identityManagement }) => new SingleSignOnResolver(identityManagement)],
  [AuditResolver, ({ audit, cursors }) => new AuditResolver(audit, cursors)],
  [SettingsResolver, ({ features, showOnce }) => new SettingsResolver(features, showOnce)],
  [CredentialResolver, ({ credentialList, views, cursors }) => new CredentialResolver(credentialList, views, cursors)],
  [CredentialFieldsResolver, () => new CredentialFieldsResolver()],
  [
    CredentialManagementResolver,
    ({ credentialManagement, views }) => new CredentialManagementResolver(credentialManagement, views),
  ],
  [SecretResolver, ({ secretManagement, views }) => new SecretResolver(secretManagement, views)],
  [CatalogueResolver, ({ attributes, catalogue }) => new CatalogueResolver(attributes, catalogue)],
  [PreviewResolver, ({ previewer }) => new PreviewResolver(previewer)],
  [
    ProtectionResolver,
    ({ processingRecord, personAccess, erasure, cursors }) =>
      new ProtectionResolver(processingRecord, personAccess, erasure, cursors),
  ],
  [AccessRequestResolver, ({ accessRequests }) => new AccessRequestResolver(accessRequests)],
  [
    AccessDecisionResolver,
    ({ accessRequests, accessDecisions, views }) => new AccessDecisionResolver(accessRequests, accessDecisions, views),
  ],
]);

/**
 * Builds the schema with every resolver behind the permissions.
 *
 * @throws Error naming every field that nobody mapped to a permission
 */
export function createSchema(parts: SchemaParts): GraphQLSchema {
  const instances = new Map([...RESOLVERS].map(([resolver, create]) => [resolver, create(parts)]));
  return enforce(guardedSchema({ get: (resolver: NewableFunction) => instances.get(resolver) }));
}

function guardedSchema(container: ContainerType): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [...RESOLVERS.keys()] as unknown as [NewableFunction],
    container,
    // Arguments are checked where their meaning is known.
    validate: false,
    // It would run a whole introspection to find out what the next line tells.
    skipCheck: true,
  });
  assertValidSchema(schema);
  assertGuarded(schema);
  return schema;
}

const HEADER = `# The contract of Fieldgate's GraphQL endpoint. Generated by \`npm run schema\`: edit the types in src instead.\n\n`;

/** The schema as it is committed in schema.graphql. Needs no store, because nothing of it is ever run. */
export function schemaText(): string {
  return `${HEADER}${printSchema(guardedSchema({ get: () => undefined }))}\n`;
}

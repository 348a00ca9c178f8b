import { AdminLinkEntity } from '../admins/admin-link.entity';
import { SignInFailureEntity } from '../admins/sign-in-failure.entity';
import { SessionEntity } from '../sessions/session.entity';
import { AbsenceEntity, AbsenceTypeEntity } from '../absences/absence.entity';
import { AdminEntity } from '../admins/admin.entity';
import { AttendanceEntity } from '../attendances/attendance.entity';
import { CustomAttributeEntity } from '../attributes/custom-attribute.entity';
import { AuditEventEntity } from '../audit/audit-event.entity';
import { AuditTallyEntity } from '../audit/audit-tally.entity';
import { AccessRequestEntity } from '../access-requests/access-request.entity';
import { AccessTokenEntity } from '../authentication/access-token.entity';
import {
  CredentialAttributeEntity,
  CredentialEntity,
  CredentialModuleEntity,
  CredentialRevisionEntity,
} from '../credentials/credential.entity';
import { SealedSecretEntity, SecretEntity } from '../credentials/secret.entity';
import { CustomValueEntity } from '../employees/custom-value.entity';
import { EmployeeCostCenterEntity } from '../employees/employee-cost-center.entity';
import { EmployeeEntity } from '../employees/employee.entity';
import {
  EmployeeChangeCounterEntity,
  EmployeeChangeEntity,
  EmployeeErasureEntity,
} from '../employees/history/employee-change.entity';
import { IdempotencyKeyEntity } from '../idempotency/idempotency-key.entity';
import { FeedbackEntity } from '../feedback/feedback.entity';
import { IntegrationEntity } from '../integrations/integration.entity';
import {
  CostCenterEntity,
  DepartmentEntity,
  OfficeEntity,
  SubcompanyEntity,
  TeamEntity,
} from '../organization/organization-unit.entity';
import { AttemptEntity } from '../single-sign-on/attempt.entity';
import { IdentityEntity } from '../single-sign-on/identity.entity';
import { SettingEntity } from '../settings/setting.entity';
import { AttributeUsageEntity, CredentialUsageEntity } from '../usage/usage.entity';
import { Employees1764000000000 } from './migrations/1764000000000-employees';
import { Credentials1764000000001 } from './migrations/1764000000001-credentials';
import { Admins1764000000002 } from './migrations/1764000000002-admins';
import { EmployeeWriting1764100000030 } from './migrations/1764100000030-employee-writing';
import { Absences1764100000031 } from './migrations/1764100000031-absences';
import { Attendances1764100000032 } from './migrations/1764100000032-attendances';
import { Audit1764100000000 } from './migrations/1764100000000-audit';
import { Sessions1764100000001 } from './migrations/1764100000001-sessions';
import { CredentialManagement1764100000010 } from './migrations/1764100000010-credential-management';
import { Integrations1764100000020 } from './migrations/1764100000020-integrations';
import { Usage1764100000021 } from './migrations/1764100000021-usage';
import { Feedback1764100000022 } from './migrations/1764100000022-feedback';
import { Settings1764100000023 } from './migrations/1764100000023-settings';
import { AuditTally1764200000000 } from './migrations/1764200000000-audit-tally';
import { CredentialOrder1764200000001 } from './migrations/1764200000001-credential-order';
import { EmployeeErasure1764200000030 } from './migrations/1764200000030-employee-erasure';
import { Rates1764300000060 } from './migrations/1764300000060-rates';
import { SingleSignOn1764300000061 } from './migrations/1764300000061-single-sign-on';
import { AccessRequests1764300000070 } from './migrations/1764300000070-access-requests';
import { ExpandEmployeeFinding1764400000000 } from './migrations/1764400000000-employee-finding';
import { ExpandChangeFeed1764500000000 } from './migrations/1764500000000-change-feed';

/** Every table, as rows of it are read and written. */
export const ENTITIES = [
  EmployeeEntity,
  EmployeeCostCenterEntity,
  CustomValueEntity,
  DepartmentEntity,
  TeamEntity,
  OfficeEntity,
  SubcompanyEntity,
  CostCenterEntity,
  CustomAttributeEntity,
  CredentialEntity,
  CredentialModuleEntity,
  CredentialAttributeEntity,
  CredentialRevisionEntity,
  SecretEntity,
  SealedSecretEntity,
  AccessTokenEntity,
  AdminEntity,
  EmployeeChangeEntity,
  EmployeeChangeCounterEntity,
  EmployeeErasureEntity,
  IdempotencyKeyEntity,
  AbsenceTypeEntity,
  AbsenceEntity,
  AttendanceEntity,
  AuditEventEntity,
  AuditTallyEntity,
  SessionEntity,
  AdminLinkEntity,
  SignInFailureEntity,
  IntegrationEntity,
  CredentialUsageEntity,
  AttributeUsageEntity,
  FeedbackEntity,
  SettingEntity,
  IdentityEntity,
  AttemptEntity,
  AccessRequestEntity,
];

/** What makes the tables, in this order. */
export const MIGRATIONS = [
  Employees1764000000000,
  Credentials1764000000001,
  Admins1764000000002,
  EmployeeWriting1764100000030,
  Absences1764100000031,
  Attendances1764100000032,
  Audit1764100000000,
  Sessions1764100000001,
  CredentialManagement1764100000010,
  Integrations1764100000020,
  Usage1764100000021,
  Feedback1764100000022,
  Settings1764100000023,
  AuditTally1764200000000,
  CredentialOrder1764200000001,
  EmployeeErasure1764200000030,
  Rates1764300000060,
  SingleSignOn1764300000061,
  AccessRequests1764300000070,
  ExpandEmployeeFinding1764400000000,
  ExpandChangeFeed1764500000000,
];

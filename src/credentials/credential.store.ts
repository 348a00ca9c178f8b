import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { EntityManager } from 'typeorm';
import type { AttributeKey } from '../attributes/attribute';
import type { Clock } from '../clock';
import { GatewayError } from '../errors';
import { ACTIONS, MODULES, type Action, type DenialMode, type Grants, type Module } from '../permissions/grants';
import { isUniqueViolation } from '../store/statement';
import type { Row, Store } from '../store/store';
import { nameKey, type Credential, type CredentialDraft, type CredentialId } from './credential';
import { CredentialAttributeEntity, CredentialEntity, CredentialModuleEntity } from './credential.entity';
import { currentPepper, type KeyRing } from './key-ring';
import { newClientId, newSecret, verifier } from './secret';
import { SecretEntity } from './secret.entity';

/** A credential's line in an overview. */
export type CredentialSummary = Omit<Credential, 'grants'>;

/** A new credential and its secret, which is nowhere else from here on. */
export interface CreatedCredential {
  readonly credential: Credential;
  readonly secret: string;
}

/** Keeps credentials, their grants and the verifiers of their secrets. */
export class CredentialStore {
  constructor(
    private readonly store: Store,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** @throws GatewayError CONFLICT when the name is taken */
  create(draft: CredentialDraft): Promise<CreatedCredential> {
    return this.store.write((manager) => this.createIn(manager, draft));
  }

  /** The same, as a part of a larger transaction. */
  async createIn(manager: EntityManager, draft: CredentialDraft): Promise<CreatedCredential> {
    const id = randomUUID();
    const secret = newSecret();
    const entity = newEntity(id, draft, this.clock.now());
    await insertUnlessNameTaken(manager, entity);
    await insertGrants(manager, id, draft.grants);
    await manager.insert(SecretEntity, this.secretEntity(id, secret));
    return { credential: { ...draft, ...summaryOf(entity) }, secret };
  }

  /** Every credential, oldest first. */
  async list(): Promise<readonly CredentialSummary[]> {
    const rows = await this.store.read(
      sql`SELECT id, client_id, name, enabled, expires_at, denial_mode, version, created_at FROM credential
        ORDER BY created_at, id`,
    );
    return rows.map(summaryOfRow);
  }

  /**
   * Switches a credential on or off. Once this has returned, no statement that starts later reads data for one that is off.
   *
   * @param nameOrClientId the name without regard to case, or the client id
   * @throws GatewayError NOT_FOUND
   */
  setEnabled(nameOrClientId: string, enabled: boolean): Promise<CredentialSummary> {
    return this.store.write(async (manager) => {
      const entity =
        (await manager.findOneBy(CredentialEntity, { clientId: nameOrClientId })) ??
        (await manager.findOneBy(CredentialEntity, { nameKey: nameKey(nameOrClientId) }));
      if (!entity) throw new GatewayError('NOT_FOUND', 'No credential has this name or client id.');
      if (entity.enabled !== enabled) {
        entity.enabled = enabled;
        entity.version += 1;
        entity.updatedAt = this.clock.now();
        await manager.save(entity);
      }
      return summaryOf(entity);
    });
  }

  private secretEntity(credentialId: CredentialId, secret: string): SecretEntity {
    const pepper = currentPepper(this.keys);
    return {
      id: randomUUID(),
      credentialId,
      mac: verifier(pepper.bytes, secret),
      pepperId: pepper.id,
      createdAt: this.clock.now(),
      expiresAt: null,
    };
  }
}

/** Whether the store holds a verifier, so that the keys it was made with must be found again. */
export async function hasSecrets(store: Store): Promise<boolean> {
  const rows = await store.read(sql`SELECT 1 AS present FROM credential_secret LIMIT 1`);
  return rows.length > 0;
}

/**
 * Reads a credential's grants together with the version that they belong to, in one statement: two could see two versions.
 *
 * @returns null when the credential does not exist
 */
export async function readGrants(
  store: Store,
  id: CredentialId,
): Promise<{ readonly permissionVersion: number; readonly grants: Grants } | null> {
  const rows = await store.read(
    sql`SELECT c.permission_version, m.module, NULL AS attribute_key, m.can_read, m.can_write
        FROM credential c LEFT JOIN credential_module m ON m.credential_id = c.id WHERE c.id = ${id}
      UNION ALL
      SELECT c.permission_version, NULL, a.attribute_key, a.can_read, a.can_write
        FROM credential c JOIN credential_attribute a ON a.credential_id = c.id WHERE c.id = ${id}`,
  );
  const [first] = rows;
  return first ? { permissionVersion: first['permission_version'] as number, grants: grantsOf(rows) } : null;
}

function grantsOf(rows: readonly Row[]): Grants {
  const boxes = new Map(rows.map((row) => [row['module'] as Module | null, row]));
  const box = (module: Module) => ({
    read: Boolean(boxes.get(module)?.['can_read']),
    write: Boolean(boxes.get(module)?.['can_write']),
  });
  const list = (action: Action) =>
    new Set(
      rows
        .filter((row) => row['attribute_key'] !== null && Boolean(row[`can_${action}`]))
        .map((row) => row['attribute_key'] as AttributeKey),
    );
  return {
    modules: { EMPLOYEES: box('EMPLOYEES'), ABSENCES: box('ABSENCES'), ATTENDANCES: box('ATTENDANCES') },
    attributes: { read: list('read'), write: list('write') },
  };
}

// The database decides: of two that come at the same moment with one name, only it can tell who is first.
async function insertUnlessNameTaken(manager: EntityManager, entity: CredentialEntity): Promise<void> {
  try {
    await manager.insert(CredentialEntity, entity);
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause;
    throw new GatewayError('CONFLICT', 'Another credential has this name.', { field: 'name' }, { cause });
  }
}

function newEntity(id: CredentialId, draft: CredentialDraft, now: string): CredentialEntity {
  return {
    id,
    clientId: newClientId(),
    name: draft.name.trim(),
    nameKey: nameKey(draft.name),
    enabled: draft.enabled,
    description: null,
    ownerContact: null,
    purpose: null,
    integrationId: null,
    expiresAt: draft.expiresAt,
    denialMode: draft.denialMode,
    separateDirections: false,
    permissionVersion: 1,
    tokenEpoch: 1,
    version: 1,
    createdAt: now,
    updatedAt: now,
    lastUsedAt: null,
  };
}

async function insertGrants(manager: EntityManager, credentialId: CredentialId, grants: Grants): Promise<void> {
  const modules = MODULES.filter((module) => ACTIONS.some((action) => grants.modules[module][action]));
  await manager.insert(
    CredentialModuleEntity,
    modules.map((module) => ({
      credentialId,
      module,
      canRead: grants.modules[module].read,
      canWrite: grants.modules[module].write,
    })),
  );
  const keys = new Set([...grants.attributes.read, ...grants.attributes.write]);
  await manager.insert(
    CredentialAttributeEntity,
    [...keys].map((attributeKey) => ({
      credentialId,
      attributeKey,
      canRead: grants.attributes.read.has(attributeKey),
      canWrite: grants.attributes.write.has(attributeKey),
    })),
  );
}

function summaryOf(entity: CredentialEntity): CredentialSummary {
  const { id, clientId, name, enabled, expiresAt, denialMode, version, createdAt } = entity;
  return { id, clientId, name, enabled, expiresAt, denialMode, version, createdAt };
}

function summaryOfRow(row: Row): CredentialSummary {
  return {
    id: row['id'] as CredentialId,
    clientId: row['client_id'] as string,
    name: row['name'] as string,
    enabled: Boolean(row['enabled']),
    expiresAt: row['expires_at'] as string | null,
    denialMode: row['denial_mode'] as DenialMode,
    version: row['version'] as number,
    createdAt: row['created_at'] as string,
  };
}

import { adminParty } from '../admins/admin';
import type { AuditLog } from '../audit/audit.store';
import type { Clock } from '../clock';
import { GatewayError } from '../errors';
import type { AdminCaller } from '../permissions/caller';
import type { Section } from '../permissions/guard';
import { requireLiveAdmin } from '../sessions/live-admin.store';
import { runIn, type Run } from '../store/statement';
import type { Store } from '../store/store';
import { ALWAYS_ON, isActive, parseFeatureSwitch, type FeatureSwitch } from './feature-switch';
import { readSetting, writeSetting } from './setting.store';

/** Keeps the feature switch, and refuses what is switched off. */
export class FeatureSwitchStore {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
  ) {}

  read(): Promise<FeatureSwitch> {
    return readSwitch((query) => this.store.read(query));
  }

  set(admin: AdminCaller, wanted: FeatureSwitch): Promise<void> {
    return this.store.write(async (manager) => {
      await requireLiveAdmin(manager, this.store.dialect, admin);
      const run = runIn(manager, this.store.dialect);
      const before = await readSwitch(run);
      await writeSetting(run, 'feature', JSON.stringify(wanted));
      await this.audit.append(manager, {
        action: 'FEATURE_CHANGED',
        actor: adminParty({ id: admin.adminId, email: admin.email }),
        subject: { kind: 'FEATURE', id: null, name: 'API credentials' },
        before: { ...before },
        after: { ...wanted },
      });
    });
  }

  isActive(feature: FeatureSwitch): boolean {
    return isActive(feature, this.clock.now());
  }

  /**
   * Asks anew each time, so that the switch works at once in every process.
   *
   * @throws GatewayError FEATURE_OFF when an operation wants a section that is switched off
   */
  async assertOpen(sections: ReadonlySet<Section>): Promise<void> {
    if (!sections.has('API_CREDENTIALS') || this.isActive(await this.read())) return;
    throw new GatewayError('FEATURE_OFF', 'The API-credentials section is switched off at the moment.');
  }
}

/** @throws when what is stored is no switch */
export async function readSwitch(run: Run): Promise<FeatureSwitch> {
  const text = await readSetting(run, 'feature');
  return text === null ? ALWAYS_ON : parseFeatureSwitch(text);
}

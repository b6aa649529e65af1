import facts from './postgres-parameters.json';

/** Parameters that a standby needs as large as its primary has them: it stops replaying otherwise. */
export const standbyParameters: readonly string[] = facts.standby.names;

const staticOf: Readonly<Record<string, readonly string[]>> = { '17': facts.static17.names, '18': facts.static18.names };
const always = new Set([...facts.extensions.static, ...facts.rds.static]);
const never = new Set([...facts.extensions.dynamic, ...facts.rds.dynamic]);

/** When a changed parameter takes effect; undefined where neither PostgreSQL nor RDS has told us. @param major `18` */
export function takesEffect(name: string, major: string): 'at once' | 'after a restart' | undefined {
  if (always.has(name)) return 'after a restart';
  if (name.includes('.')) return never.has(name) ? 'at once' : undefined;
  const names = staticOf[major];
  if (names?.includes(name)) return 'after a restart';
  return names && 'at once';
}

import { loadStoreConfig } from '../lib/config/load-store-config';
import { plainStore } from '../lib/config/plain-store';
import { synthesize } from '../lib/store-app';
for (const t of ['small','medium','large','enterprise'] as const) {
  const template = synthesize(loadStoreConfig(plainStore(t), {now:new Date()})) as any;
  console.log(t, Object.keys(template.Resources).length, JSON.stringify(template).length);
  if (process.argv[2]===t) for (const [id,r] of Object.entries<any>(template.Resources)) if (/CloudWatch|Events::Rule|EventSub|MetricFilter|Lambda|Scheduler/.test(r.Type) && new RegExp(process.argv[3]??'.').test(id)) console.log(id, JSON.stringify(r,null,1));
}

import * as z from 'zod';
import { ConfigError } from '../../lib/config/config-error';
import { loadStoreConfig } from '../../lib/config/load-store-config';
import { storeSchema } from '../../lib/config/settings';
import type { StoreConfig } from '../../lib/config/store-config';
import { tierNames } from '../../lib/tiers/tier';

export const now = new Date('2026-11-20T00:00:00Z');

export const region = 'us-east-1';

/** A medium store called acme, or of the size that it pins, with the settings beside its region; of several it is the one that is asked for. */
export function acme(settings: object, context: object = {}, others: object = {}): Record<string, unknown> {
  const pinned = tierNames.find((tier) => Reflect.get(settings, 'tier') === tier);
  return { tier: pinned ?? 'medium', store: 'acme', stores: { acme: { region, ...settings }, ...others }, ...context };
}

export function load(context: Record<string, unknown>): StoreConfig {
  return loadStoreConfig(context, { now });
}

/** The error that the context must end in. */
export function errorOf(context: Record<string, unknown>): ConfigError {
  try {
    load(context);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('no ConfigError was thrown');
}

/** Each problem on one line, as the message has it: path, what it got, what is allowed → what to write. */
export function linesOf(context: Record<string, unknown>): readonly string[] {
  return errorOf(context).problems.map(({ path, got, allowed, fix }) => `${path} ${got}; ${allowed} → ${fix.join(' → ')}`);
}

/** The settings with one more, `api.cpu` within its object. */
export function withSetting(whole: object, key: string, value: unknown): object {
  const [top = '', ...parts] = key.split('.');
  const before: unknown = Reflect.get(whole, top);
  const inner = typeof before === 'object' && before !== null ? before : {};
  return { ...whole, [top]: parts.length === 0 ? value : withSetting(inner, parts.join('.'), value) };
}

/** Every setting there is, those within objects as `api.cpu`. */
export function settingKeys({ shape }: z.ZodObject = storeSchema, prefix = ''): readonly string[] {
  return Object.entries(shape).flatMap(([key, schema]) => {
    const part = schema instanceof z.ZodExactOptional ? schema.unwrap() : schema;
    return [`${prefix}${key}`].concat(part instanceof z.ZodObject ? settingKeys(part, `${prefix}${key}.`) : []);
  });
}

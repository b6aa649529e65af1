import type { AcceptedRisk } from '../../config/store-config';

/** A setting under a floor: what it is, what the floor asks, and why the store takes it. */
export function riskText({ path, got, floor, reason }: AcceptedRisk): string {
  return `${path} is ${got} (floor: ${floor}): ${reason}`;
}

/**
 * CloudFront bills by where viewers are: the area of a region's own viewers, as usage types write it (`EU-DataTransfer-Out-Bytes`).
 * Source: Amazon CloudFront developer guide, usage reports; that a store's viewers are in its region's area is an assumption.
 */
export function cdnArea(region: string): string {
  return areas.find(([start]) => region.startsWith(start))?.[1] ?? 'US';
}

/** The first that fits. */
const areas: readonly (readonly [start: string, area: string])[] = [
  ['eu-', 'EU'],
  ['il-', 'EU'],
  ['ap-northeast-1', 'JP'],
  ['ap-northeast-3', 'JP'],
  ['ap-south-', 'IN'],
  ['ap-southeast-2', 'AU'],
  ['ap-southeast-4', 'AU'],
  ['ap-southeast-6', 'AU'],
  ['ap-', 'AP'],
  ['sa-', 'SA'],
  ['me-', 'ME'],
  ['af-', 'ZA'],
];

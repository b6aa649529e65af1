/** Where a template says what was measured of an API of one's own: `{ cpuMicroseconds, measuredOn }`. No resource changes with it. */
export const capacityMetadata = 'Store::AppCapacity';

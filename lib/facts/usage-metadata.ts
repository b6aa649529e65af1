/** Where a template has the setting `usage`, so that whoever reads a saved one knows the store's own month. No resource changes with it. */
export const usageMetadata = 'Store::Usage';

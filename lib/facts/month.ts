/** Hours that AWS's calculator and price pages count for a month. */
export const hoursAMonth = 730;

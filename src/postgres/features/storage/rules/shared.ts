export const LEAST_DATA_KIB = 256 * 1024;

/** The smallest volume for a new database with its first WAL, in kibibytes. */
export const LEAST_DATA_KIB = 256 * 1024;

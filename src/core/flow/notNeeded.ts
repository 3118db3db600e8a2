/**
 * Why a timer is given up that nobody waits for any more. Without a reason of its own every abort would make an
 * exception and record its stack: several for each request, for nobody to read.
 */
export const NOT_NEEDED = "not needed any more";

// Crashes
export { type CrashingStore, type CrashPoint, crashingStore } from './crashing-store.ts'
// Faults of a store
export { type FailingStoreOptions, failingStore } from './failing-store.ts'
// What two runs have in common
export { finalHistory, repeatedSteps } from './final-history.ts'
// Nothing leaves this machine
export { refuseRealRequests } from './refuse-real-requests.ts'
export { type CrashOptions, type CrashReport, crashPoints, survivesEveryCrash } from './survives-every-crash.ts'
// Models that answer by what is asked
export { turnsByStep } from './turns-by-step.ts'

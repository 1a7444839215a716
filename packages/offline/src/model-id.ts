/** The one model id that the stand-in answers to. The name says what it is: rules. */
export const offlineModelId = 'pawl-offline-rules'

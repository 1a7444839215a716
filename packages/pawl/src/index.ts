/** Pawl in one install: the client, schemas, tools, typed values and the agent loop. Testing and the offline stand-in come by their own names. */

export * from '@pawl/agent'
export * from '@pawl/client'
export * from '@pawl/schema'
export * from '@pawl/structured'
export * from '@pawl/tools'

export { type ModelPrice, type PricesOptions, prices } from './prices.ts'

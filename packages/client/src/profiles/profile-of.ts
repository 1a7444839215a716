import type { Model } from '../model.ts'
import { type Profile, profiles } from './profiles.ts'

const known = new WeakMap<Model, Profile>()

/** What the server behind a model understands; the generic profile for models that no client made. */
export function profileOf(model: Model): Profile {
  return known.get(model) ?? profiles.generic
}

/** Notes the profile of a model; a model that wraps another passes the inner one's on with it. */
export function withProfile<M extends Model>(model: M, profile: Profile): M {
  known.set(model, profile)
  return model
}

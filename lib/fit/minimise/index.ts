/** A minimiser for likelihoods within limits. */
export { type Covariance, covarianceOf } from './covariance.js'
export { type MinimiseOptions, type Minimum, minimise } from './minimise.js'
export type { Limits, Objective } from './objective.js'
export { observedHessian } from './observed-hessian.js'

/** What the minimiser minimises: twice a negative log-likelihood, or any function with a gradient and a positive approximation of
 *  its Hessian. */
export interface Objective {
  readonly size: number
  /** The gradient at the last point evaluated with order 1 or 2. */
  readonly gradient: Float64Array
  /** The expected Hessian (positive semidefinite, size x size) at the last point evaluated with order 2. */
  readonly hessian: Float64Array
  /** The value at x; order 1 fills the gradient too, order 2 also the Hessian. Infinity where the function is not defined. */
  evaluate(x: Float64Array, order: 0 | 1 | 2): number
}

/** Limits of all parameters; equal ones hold a parameter. */
export interface Limits {
  readonly lower: Float64Array
  readonly upper: Float64Array
}

"""What JAX's defaults hide: it computes in float32, and an index from outside raises nothing."""

import jax
import jax.numpy as jnp
import numpy as np
from start import X, orders, weights, y


def loss_fn(params, inputs, targets):
    """Return lesson 6's loss of a batch."""
    w1, b1, w2, b2 = params
    logits = jax.nn.relu(inputs @ w1 + b1) @ w2 + b2
    right = jnp.take_along_axis(jax.nn.log_softmax(logits), targets[:, None], axis=1)
    return -right.mean()


@jax.jit
def update(params, inputs, targets):
    """Return the parameters after an update, and the loss before it."""
    loss, grads = jax.value_and_grad(loss_fn)(params, inputs, targets)
    return jax.tree.map(lambda p, g: p - 0.1 * g, params, grads), loss


params = [jnp.array(value) for value in weights]
losses = []
for order in orders:
    total = 0.0
    for batch in order.reshape(-1, 32):
        params, loss = update(params, X[batch], y[batch])
        total += float(loss) * len(batch)
    losses.append(total / len(X))


def with_labels(label):
    """Return the loss of some cards that all have one label."""
    return float(loss_fn(params, X[:32], np.full(32, label)))


found = {
    "bits": params[0].dtype.itemsize * 8,
    "losses": losses,
    "label_9": with_labels(9),
    "label_minus_1": with_labels(-1),
    "label_10_is_nan": bool(np.isnan(with_labels(10))),
}

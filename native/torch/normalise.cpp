// Batch normalisation; running statistics are updated in place while training.
#include "common.h"

using namespace smirk;

SMIRK_EXPORT smirk_torch_batch_norm(Handle x, Handle weight, Handle bias, Handle mean, Handle variance, int32_t training, double momentum, double eps,
                                    Handle* out) {
    return guarded([&] { *out = give(at::batch_norm(*x, maybe(weight), maybe(bias), maybe(mean), maybe(variance), training != 0, momentum, eps, true)); });
}

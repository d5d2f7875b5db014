// Generators with states of their own, and numbers drawn from them.
#include "geometry.h"

#include <ATen/CPUGeneratorImpl.h>

using namespace smirk;
using Source = at::Generator*;

SMIRK_EXPORT int32_t smirk_torch_generator(uint64_t seed, int32_t where, Source* out) {
    return guarded([&] {
        // A clone, because the device's own generator is shared by all of libtorch.
        auto made = where < 0 ? at::detail::createCPUGenerator(seed) : at::globalContext().defaultGenerator(device(where)).clone();
        made.set_current_seed(seed);
        *out = new at::Generator(std::move(made));
    });
}

SMIRK_EXPORT void smirk_torch_generator_free(Source source) noexcept { delete source; }

SMIRK_EXPORT int32_t smirk_torch_generator_state(Source source, Handle* out) {
    return guarded([&] {
        std::lock_guard<std::mutex> lock(source->mutex());
        *out = give(source->get_state());
    });
}

SMIRK_EXPORT int32_t smirk_torch_generator_set_state(Source source, Handle state) {
    return guarded([&] {
        std::lock_guard<std::mutex> lock(source->mutex());
        source->set_state(*state);
    });
}

SMIRK_EXPORT int32_t smirk_torch_normal(Handle target, double mean, double deviation, Source source) {
    return guarded([&] { target->normal_(mean, deviation, *source); });
}

SMIRK_EXPORT int32_t smirk_torch_uniform(Handle target, double low, double high, Source source) {
    return guarded([&] { target->uniform_(low, high, *source); });
}

// Integers from low to high - 1.
SMIRK_EXPORT int32_t smirk_torch_integers(Handle target, int64_t low, int64_t high, Source source) {
    return guarded([&] { target->random_(low, high, *source); });
}

SMIRK_EXPORT int32_t smirk_torch_permutation(int64_t count, int32_t where, Source source, Handle* out) {
    return guarded([&] {
        check_count("a permutation", count);
        *out = give(at::randperm(count, *source, at::TensorOptions().dtype(at::kLong).device(device(where))));
    });
}

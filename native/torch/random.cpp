// Sources of random numbers with states of their own, and numbers drawn from them.
#include "geometry.h"
#include "philox.h"

#include <ATen/CPUGeneratorImpl.h>

namespace smirk {

class Source {
   public:
    virtual ~Source() = default;
    virtual at::Tensor state() = 0;
    virtual void set_state(const at::Tensor& state) = 0;
    virtual void normal(at::Tensor& target, double mean, double deviation) = 0;
    virtual void uniform(at::Tensor& target, double low, double high) = 0;
    virtual void integers(at::Tensor& target, int64_t low, int64_t high) = 0;
    virtual at::Tensor permutation(int64_t count, at::Device where) = 0;
};

namespace {

// libtorch's own: other numbers on each kind of device.
class LibtorchSource : public Source {
   public:
    LibtorchSource(uint64_t seed, at::Device where)
        // A clone, because the device's own generator is shared by all of libtorch.
        : made_(where.is_cpu() ? at::detail::createCPUGenerator(seed) : at::globalContext().defaultGenerator(where).clone()) {
        made_.set_current_seed(seed);
    }

    at::Tensor state() override {
        std::lock_guard<std::mutex> lock(made_.mutex());
        return made_.get_state();
    }

    void set_state(const at::Tensor& state) override {
        std::lock_guard<std::mutex> lock(made_.mutex());
        made_.set_state(state);
    }

    void normal(at::Tensor& target, double mean, double deviation) override { target.normal_(mean, deviation, made_); }
    void uniform(at::Tensor& target, double low, double high) override { target.uniform_(low, high, made_); }
    void integers(at::Tensor& target, int64_t low, int64_t high) override { target.random_(low, high, made_); }

    at::Tensor permutation(int64_t count, at::Device where) override {
        return at::randperm(count, made_, at::TensorOptions().dtype(at::kLong).device(where));
    }

   private:
    at::Generator made_;
};

// By counting: the same numbers on every device (up to the rounding of its logarithm and cosine), made where they are wanted, and a state
// of two numbers.
class CountedSource : public Source {
   public:
    explicit CountedSource(uint64_t seed) : seed_(seed) {}

    at::Tensor state() override {
        auto bytes = at::empty({sizeof(uint64_t) * 2}, at::kByte);
        std::memcpy(bytes.data_ptr(), &seed_, sizeof seed_);
        std::memcpy(bytes.data_ptr<uint8_t>() + sizeof seed_, &next_, sizeof next_);
        return bytes;
    }

    void set_state(const at::Tensor& state) override {
        require(state.numel() == sizeof(uint64_t) * 2 && state.scalar_type() == at::kByte, "the state of a source that counts is ",
                sizeof(uint64_t) * 2, " bytes, not ", state.numel());
        const auto bytes = state.cpu().contiguous();
        std::memcpy(&seed_, bytes.data_ptr(), sizeof seed_);
        std::memcpy(&next_, bytes.data_ptr<uint8_t>() + sizeof seed_, sizeof next_);
        stock_ = at::Tensor();
    }

    // Box and Muller 1958: a length and an angle make two numbers.
    void normal(at::Tensor& target, double mean, double deviation) override {
        at::NoGradGuard no_grad;
        const int64_t pairs = (target.numel() + 1) / 2;
        const auto drawn = shares(2 * pairs, target.device());
        auto lengths = drawn.narrow(0, 0, pairs).add_(philox_fraction).log_().mul_(-2 * deviation * deviation).sqrt_();
        auto angles = drawn.narrow(0, pairs, pairs).mul_(2 * M_PI);
        const auto cosines = angles.cos().mul_(lengths);
        angles.sin_().mul_(lengths);
        lengths.copy_(cosines);
        if (mean != 0) drawn.add_(mean);
        target.copy_(drawn.narrow(0, 0, target.numel()).reshape(target.sizes()));
    }

    void uniform(at::Tensor& target, double low, double high) override {
        at::NoGradGuard no_grad;
        target.copy_(shares(target.numel(), target.device()).mul_(high - low).add_(low).reshape(target.sizes()));
    }

    // The upper half of word times range (Lemire 2019), without the last bit of evenness: one in 2^32 / range.
    void integers(at::Tensor& target, int64_t low, int64_t high) override {
        at::NoGradGuard no_grad;
        require(low < high && static_cast<uint64_t>(high) - static_cast<uint64_t>(low) <= most_range, "integers are drawn from 1 to ",
                most_range, " values, not from ", low, " up to ", high);
        const auto whole = words(target.numel(), target.device()).to(at::kLong) & int64_t{0xFFFFFFFF};
        target.copy_(at::__rshift__(whole * (high - low), 32).add_(low).reshape(target.sizes()));
    }

    // Equal keys, of which there are hardly any, stay in order.
    at::Tensor permutation(int64_t count, at::Device where) override { return words(count, where).argsort(); }

   private:
    static constexpr uint64_t most_range = uint64_t{1} << 31;

    // Made at once where each operation has to be started: a step draws ten times.
    static constexpr int64_t stock_words = int64_t{1} << 20;

    // The next words, int32 [count].
    at::Tensor words(int64_t count, at::Device where) {
        const auto first = take(count);
        if (where.is_cpu()) return philox_words(seed_, first, count, where);
        if (!stock_.defined() || stock_.device() != where || first < stock_first_ ||
            next_ > stock_first_ + static_cast<uint64_t>(stock_.numel())) {
            stock_ = philox_words(seed_, first, std::max(count, stock_words), where);
            stock_first_ = first;
        }
        return stock_.narrow(0, static_cast<int64_t>(first - stock_first_), count);
    }

    // The next words as shares of one, float32 [count], the caller's to change.
    at::Tensor shares(int64_t count, at::Device where) {
        if (!where.is_cpu()) return philox_shares_of(words(count, where));
        return philox_shares(seed_, take(count), count);
    }

    // The place of the next words, which are taken.
    uint64_t take(int64_t count) {
        const auto first = next_;
        next_ += static_cast<uint64_t>(count);
        return first;
    }

    uint64_t seed_, next_ = 0, stock_first_ = 0;
    at::Tensor stock_;
};

}  // namespace
}  // namespace smirk

using namespace smirk;

SMIRK_EXPORT int32_t smirk_torch_generator(uint64_t seed, int32_t where, Source** out) {
    return computed([&] { *out = new LibtorchSource(seed, device(where)); });
}

SMIRK_EXPORT int32_t smirk_torch_counted_generator(uint64_t seed, Source** out) {
    return computed([&] { *out = new CountedSource(seed); });
}

SMIRK_EXPORT void smirk_torch_generator_free(Source* source) noexcept { delete source; }

SMIRK_EXPORT int32_t smirk_torch_generator_state(Source* source, Handle* out) {
    return computed([&] { *out = give(source->state()); });
}

SMIRK_EXPORT int32_t smirk_torch_generator_set_state(Source* source, Handle state) {
    return computed([&] { source->set_state(*state); });
}

SMIRK_EXPORT int32_t smirk_torch_normal(Handle target, double mean, double deviation, Source* source) {
    return computed([&] { source->normal(*target, mean, deviation); });
}

SMIRK_EXPORT int32_t smirk_torch_uniform(Handle target, double low, double high, Source* source) {
    return computed([&] { source->uniform(*target, low, high); });
}

// Integers from low to high - 1.
SMIRK_EXPORT int32_t smirk_torch_integers(Handle target, int64_t low, int64_t high, Source* source) {
    return computed([&] { source->integers(*target, low, high); });
}

SMIRK_EXPORT int32_t smirk_torch_permutation(int64_t count, int32_t where, Source* source, Handle* out) {
    return computed([&] {
        check_count("a permutation", count);
        *out = give(source->permutation(count, device(where)));
    });
}

// Words of the stream of a source that counts: int32 [count]. `operations` makes them the way other devices than the CPU do.
SMIRK_EXPORT int32_t smirk_torch_philox(uint64_t seed, uint64_t first, int64_t count, int32_t where, int32_t operations, Handle* out) {
    return computed([&] {
        check_count("random words", count);
        *out = give(operations ? philox_words_by_operations(seed, first, count, device(where))
                               : philox_words(seed, first, count, device(where)));
    });
}

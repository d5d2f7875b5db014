// Philox4x32-10 (Salmon et al. 2011): random words by key and place, so that every device finds the same ones, in any order.
#pragma once
#include "tensor.h"

namespace smirk {

// Words `first` to `first + count - 1` of the stream that `seed` names, int32 [count]. Four lie in a block, and the block's number is what
// is scrambled. On the CPU by a loop, elsewhere by libtorch's own operations on integers, about a hundred of them however many words are
// asked for.
at::Tensor philox_words(uint64_t seed, uint64_t first, int64_t count, at::Device where);

// Words as shares of one, float32 [count], 0 up to, but without, 1: on the CPU made at once.
at::Tensor philox_shares(uint64_t seed, uint64_t first, int64_t count);
at::Tensor philox_shares_of(const at::Tensor& words);

// What a float holds of a word.
constexpr double philox_fraction = 1.0 / (1 << 24);

// What runs on other devices than the CPU.
at::Tensor philox_words_by_operations(uint64_t seed, uint64_t first, int64_t count, at::Device where);

}  // namespace smirk

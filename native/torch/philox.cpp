#include "philox.h"

#include <array>

namespace smirk {

namespace {

constexpr int words_of_block = 4;
constexpr int rounds = 10;
constexpr uint32_t multiplier[2] = {0xD2511F53, 0xCD9E8D57};
constexpr uint32_t key_step[2] = {0x9E3779B9, 0xBB67AE85};

using Block = std::array<uint32_t, words_of_block>;

Block scrambled(uint64_t seed, uint64_t number) {
    Block c{static_cast<uint32_t>(number), static_cast<uint32_t>(number >> 32), 0, 0};
    uint32_t key[2] = {static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)};
    for (int round = 0; round < rounds; round++) {
        const uint64_t even = uint64_t{multiplier[0]} * c[0], odd = uint64_t{multiplier[1]} * c[2];
        c = {static_cast<uint32_t>(odd >> 32) ^ c[1] ^ key[0], static_cast<uint32_t>(odd),
             static_cast<uint32_t>(even >> 32) ^ c[3] ^ key[1], static_cast<uint32_t>(even)};
        key[0] += key_step[0];
        key[1] += key_step[1];
    }
    return c;
}

// The blocks that hold words `first` to `end - 1`.
struct Blocks {
    uint64_t first, last;  // without the last
    Blocks(uint64_t first_word, uint64_t end) : first(first_word / words_of_block), last((end + words_of_block - 1) / words_of_block) {}
};

// Calls put(place in the result, word) for each of them, on all threads.
template <class Put>
void each_word(uint64_t seed, uint64_t first, int64_t count, const Put& put) {
    const uint64_t end = first + static_cast<uint64_t>(count);
    const Blocks blocks(first, end);
    at::parallel_for(0, static_cast<int64_t>(blocks.last - blocks.first), 4096, [&](int64_t begin, int64_t stop) {
        for (int64_t i = begin; i < stop; i++) {
            const uint64_t number = blocks.first + static_cast<uint64_t>(i), start = number * words_of_block;
            const Block block = scrambled(seed, number);
            if (start >= first && start + words_of_block <= end) {
                for (int w = 0; w < words_of_block; w++) put(start - first + static_cast<uint64_t>(w), block[w]);
                continue;
            }
            for (int w = 0; w < words_of_block; w++) {
                const uint64_t place = start + static_cast<uint64_t>(w);
                if (place >= first && place < end) put(place - first, block[w]);
            }
        }
    });
}

}  // namespace

at::Tensor philox_words(uint64_t seed, uint64_t first, int64_t count, at::Device where) {
    if (!where.is_cpu()) return philox_words_by_operations(seed, first, count, where);
    auto words = at::empty({count}, at::kInt);
    each_word(seed, first, count, [out = words.data_ptr<int32_t>()](uint64_t i, uint32_t word) { out[i] = static_cast<int32_t>(word); });
    return words;
}

at::Tensor philox_shares_of(const at::Tensor& words) { return (at::__rshift__(words, 8) & 0xFFFFFF).to(at::kFloat).mul_(philox_fraction); }

at::Tensor philox_shares(uint64_t seed, uint64_t first, int64_t count) {
    auto shares = at::empty({count}, at::kFloat);
    each_word(seed, first, count, [out = shares.data_ptr<float>()](uint64_t i, uint32_t word) {
        out[i] = static_cast<float>(static_cast<int32_t>(word >> 8)) * static_cast<float>(philox_fraction);
    });
    return shares;
}

at::Tensor philox_words_by_operations(uint64_t seed, uint64_t first, int64_t count, at::Device where) {
    // Words of 32 bits in int64: a product of two fits all but its sign, which the mask takes away.
    constexpr int64_t word = 0xFFFFFFFF;
    const Blocks blocks(first, first + static_cast<uint64_t>(count));
    const auto number = at::arange(static_cast<int64_t>(blocks.first), static_cast<int64_t>(blocks.last),
                                   at::TensorOptions().dtype(at::kLong).device(where));
    const auto high = [&](const at::Tensor& product) { return at::__rshift__(product, 32) & word; };
    std::array<at::Tensor, words_of_block> c{number & word, high(number), at::zeros_like(number), at::zeros_like(number)};
    uint32_t key[2] = {static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)};
    for (int round = 0; round < rounds; round++) {
        const auto even = c[0] * static_cast<int64_t>(multiplier[0]), odd = c[2] * static_cast<int64_t>(multiplier[1]);
        c = std::array<at::Tensor, words_of_block>{high(odd) ^ c[1] ^ static_cast<int64_t>(key[0]), odd & word,
                                                   high(even) ^ c[3] ^ static_cast<int64_t>(key[1]), even & word};
        key[0] += key_step[0];
        key[1] += key_step[1];
    }
    const auto all = at::stack(at::ArrayRef<at::Tensor>(c.data(), c.size()), 1).reshape({-1});
    return all.narrow(0, static_cast<int64_t>(first - blocks.first * words_of_block), count).to(at::kInt);
}

}  // namespace smirk

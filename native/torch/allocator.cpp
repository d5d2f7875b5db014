// Memory for tensors on the CPU: large blocks are kept when they are freed and given out again. A training step asks for the same few
// hundred MB again and again; fetched from the system each time, their pages would be faulted in anew (5 % of a step).
#include "tensor.h"

#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>

#include <deque>
#include <map>
#include <mutex>
#include <unordered_map>

#include <stdlib.h>
#include <sys/mman.h>

namespace smirk {

namespace {

constexpr size_t smallest = 128 << 10;         // malloc itself keeps smaller ones
constexpr size_t largest = size_t{1} << 46;    // beyond what a process can address
constexpr size_t most_kept = size_t{2} << 30;  // unused; beyond it the blocks that were freed first go back to the system
constexpr size_t huge_page = 2 << 20;

// Sizes in steps of an eighth of a power of two: close sizes share blocks, and at most 12 % is wasted.
size_t rounded(size_t size) {
    size_t step = smallest / 8;
    while (step * 16 <= size) step *= 2;
    return (size + step - 1) / step * step;
}

struct Statistics {
    int64_t kept = 0;     // bytes in unused blocks
    int64_t fetched = 0;  // blocks that came from the system
    int64_t reused = 0;   // blocks that were given out again
};

class Pool {
   public:
    void* take(size_t wanted) {
        if (wanted > largest) no_memory(wanted);
        const size_t size = rounded(wanted);
        std::lock_guard<std::mutex> lock(mutex_);
        const auto found = unused_.find(size);
        if (found != unused_.end() && !found->second.empty()) {
            const Unused block = found->second.back();
            found->second.pop_back();
            by_age_.erase(block.freed);
            statistics_.kept -= size;
            statistics_.reused++;
            return block.memory;
        }
        void* memory = fetch(size);
        // What is kept may be all that is missing.
        while (!memory && evict()) memory = fetch(size);
        if (!memory) no_memory(size);
        sizes_[memory] = size;
        statistics_.fetched++;
        return memory;
    }

    // False when the block isn't of this pool.
    bool give(void* memory) {
        std::lock_guard<std::mutex> lock(mutex_);
        const auto found = sizes_.find(memory);
        if (found == sizes_.end()) return false;
        const size_t size = found->second;
        unused_[size].push_back({memory, clock_});
        by_age_[clock_++] = size;
        statistics_.kept += size;
        while (statistics_.kept > static_cast<int64_t>(most_kept)) evict();
        return true;
    }

    Statistics statistics() {
        std::lock_guard<std::mutex> lock(mutex_);
        return statistics_;
    }

   private:
    struct Unused {
        void* memory;
        uint64_t freed;  // at this tick of the clock
    };

    [[noreturn]] static void no_memory(size_t size) {
        throw Failure(Status::out_of_memory, joined("out of memory: ", size, " bytes can't be allocated"));
    }

    static void* fetch(size_t size) {
        void* memory = nullptr;
        if (posix_memalign(&memory, size >= huge_page ? huge_page : 64, size) != 0) return nullptr;
        if (size >= huge_page) madvise(memory, size, MADV_HUGEPAGE);
        return memory;
    }

    // Gives the block that has been unused longest back to the system; false when there is none.
    bool evict() {
        if (by_age_.empty()) return false;
        const size_t size = by_age_.begin()->second;
        by_age_.erase(by_age_.begin());
        auto& blocks = unused_[size];
        void* memory = blocks.front().memory;
        blocks.pop_front();
        sizes_.erase(memory);
        free(memory);
        statistics_.kept -= size;
        return true;
    }

    std::mutex mutex_;
    std::unordered_map<void*, size_t> sizes_;                // of every block
    std::unordered_map<size_t, std::deque<Unused>> unused_;  // by size, the ones freed first in front
    std::map<uint64_t, size_t> by_age_;                      // sizes of unused blocks by when they were freed
    uint64_t clock_ = 0;
    Statistics statistics_;
};

// Never destroyed: tensors of static lifetime give memory back after it would have been.
Pool& pool() {
    static Pool* only = new Pool;
    return *only;
}

void give_back(void* block) {
    if (block && !pool().give(block)) c10::free_cpu(block);
}

// allocate is const in 1.13 and not in later versions, and copy_data came with 2.1: whichever fits overrides. oneDNN inside libtorch frees
// blocks by the bare pointer, so the pointer must be all that is needed to free one.
class KeepingAllocator : public at::Allocator {
   public:
    at::DataPtr allocate(size_t size) const { return make(size); }
    at::DataPtr allocate(size_t size) { return make(size); }
    at::DeleterFnPtr raw_deleter() const override { return &give_back; }
    void copy_data(void* target, const void* source, std::size_t count) const { std::memcpy(target, source, count); }

   private:
    static at::DataPtr make(size_t size) {
        void* block = size >= smallest ? pool().take(size) : c10::alloc_cpu(size);
        return {block, block, &give_back, at::Device(at::DeviceType::CPU)};
    }
};

// When the library is loaded, before anything is allocated.
[[maybe_unused]] const bool installed = [] {
    static KeepingAllocator* allocator = new KeepingAllocator;
    c10::SetCPUAllocator(allocator, /*priority=*/100);
    return true;
}();

}  // namespace

}  // namespace smirk

using namespace smirk;

// Bytes in unused blocks, blocks fetched from the system, and blocks given out again, since the library was loaded.
SMIRK_EXPORT int32_t smirk_torch_memory(int64_t* kept, int64_t* fetched, int64_t* reused) {
    return guarded([&] {
        const auto statistics = pool().statistics();
        *kept = statistics.kept;
        *fetched = statistics.fetched;
        *reused = statistics.reused;
    });
}

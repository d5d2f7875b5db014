// Memory for tensors on the CPU: large blocks are kept when they are freed and given out again. A training step asks for the
// same few hundred MB again and again; from the system each time, its pages would be faulted in anew (5 % of a step).
#include "common.h"

#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>

#include <mutex>
#include <unordered_map>

#include <stdlib.h>
#include <sys/mman.h>

namespace smirk {

namespace {

constexpr size_t smallest = 128 << 10;       // below, malloc keeps memory itself
constexpr size_t most_kept = size_t{2} << 30;  // more than this in unused blocks goes back to the system
constexpr size_t huge_page = 2 << 20;

// Sizes in steps of an eighth of a power of two: close sizes share blocks, at most 12 % are wasted.
size_t rounded(size_t size) {
    size_t step = smallest / 8;
    while (step * 16 <= size) step *= 2;
    return (size + step - 1) / step * step;
}

class Pool {
   public:
    void* take(size_t wanted) {
        const size_t size = rounded(wanted);
        std::lock_guard<std::mutex> lock(mutex_);
        auto& blocks = free_[size];
        if (!blocks.empty()) {
            void* block = blocks.back();
            blocks.pop_back();
            kept_ -= size;
            return block;
        }
        void* block = nullptr;
        TORCH_CHECK(posix_memalign(&block, size >= huge_page ? huge_page : 64, size) == 0, "out of memory: ", size, " bytes can't be had");
        if (size >= huge_page) madvise(block, size, MADV_HUGEPAGE);
        sizes_[block] = size;
        return block;
    }

    // False when the block isn't of this pool.
    bool give(void* block) {
        std::lock_guard<std::mutex> lock(mutex_);
        const auto found = sizes_.find(block);
        if (found == sizes_.end()) return false;
        const size_t size = found->second;
        if (kept_ + size > most_kept) {
            sizes_.erase(found);
            free(block);
        } else {
            free_[size].push_back(block);
            kept_ += size;
        }
        return true;
    }

   private:
    std::mutex mutex_;
    std::unordered_map<void*, size_t> sizes_;
    std::unordered_map<size_t, std::vector<void*>> free_;
    size_t kept_ = 0;
};

// Never destroyed: tensors of static lifetime give memory back after it would be.
Pool& pool() {
    static Pool* only = new Pool;
    return *only;
}

void give_back(void* block) {
    if (block && !pool().give(block)) c10::free_cpu(block);
}

// allocate is const in 1.13 and not in later versions, copy_data came with 2.1: whichever fits overrides. oneDNN inside libtorch
// frees by the bare pointer, so that must be all that is known of a block.
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

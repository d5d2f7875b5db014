// Packed weights, kept from one call to the next.
#include <mutex>

#include "plan.h"

namespace smirk::direct {

namespace {

struct Kept {
    c10::weak_intrusive_ptr<c10::TensorImpl> owner;
    uint32_t version;
    std::string key;
    at::Tensor packed;
};

std::mutex mutex;
std::vector<Kept> kept;

}  // namespace

float* packed_weights(const at::Tensor& weight, const std::string& key, int64_t count, const std::function<void(float*)>& pack) {
    // Only parameters are used again; the result of an operation is used once. A frozen parameter has been written to at some time.
    const bool parameter = weight.is_leaf() && !weight.is_inference() && (weight.requires_grad() || weight._version() > 0);
    if (!parameter) {
        float* room = scratch(weight_slot, count);
        pack(room);
        return room;
    }

    std::lock_guard<std::mutex> lock(mutex);
    const auto version = static_cast<uint32_t>(weight._version());
    for (auto& entry : kept) {
        if (entry.owner._unsafe_get_target() != weight.unsafeGetTensorImpl() || entry.owner.expired() || entry.key != key) continue;
        if (entry.version != version) {
            entry.version = version;
            pack(entry.packed.data_ptr<float>());
        }
        return entry.packed.data_ptr<float>();
    }

    kept.erase(std::remove_if(kept.begin(), kept.end(), [](const Kept& entry) { return entry.owner.expired(); }), kept.end());
    auto packed = at::empty({count}, at::kFloat);
    pack(packed.data_ptr<float>());
    kept.push_back({c10::weak_intrusive_ptr<c10::TensorImpl>(weight.getIntrusivePtr()), version, key, packed});
    return packed.data_ptr<float>();
}

}  // namespace smirk::direct

// 16 registers of 8 numbers: 6 pixels by 16 columns are summed at a time.
#include "kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

namespace smirk::direct {
namespace avx2 {

constexpr int lanes = 8, group = 2, gradient_rows = 6;

struct Vector {
    __m256 value;
    static Vector zero() { return {_mm256_setzero_ps()}; }
    static Vector load(const float* p) { return {_mm256_loadu_ps(p)}; }
    static Vector all(float x) { return {_mm256_set1_ps(x)}; }
    void add_product(Vector a, Vector b) { value = _mm256_fmadd_ps(a.value, b.value, value); }
    static __m256i mask(int count) { return _mm256_cmpgt_epi32(_mm256_set1_epi32(count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7)); }
    static Vector load_some(const float* p, int count) {
        return {count >= lanes ? _mm256_loadu_ps(p) : _mm256_maskload_ps(p, mask(count))};
    }
    void store(float* p, int count) const {
        if (count >= lanes)
            _mm256_storeu_ps(p, value);
        else if (count > 0)
            _mm256_maskstore_ps(p, mask(count), value);
    }
    // This where z is positive, else slope times it.
    Vector activated(Vector z, Vector slope) const {
        return {_mm256_blendv_ps(_mm256_mul_ps(value, slope.value), value, _mm256_cmp_ps(z.value, _mm256_setzero_ps(), _CMP_GT_OQ))};
    }
    Vector root() const { return {_mm256_sqrt_ps(value)}; }
    friend Vector operator+(Vector a, Vector b) { return {_mm256_add_ps(a.value, b.value)}; }
    friend Vector operator-(Vector a, Vector b) { return {_mm256_sub_ps(a.value, b.value)}; }
    friend Vector operator*(Vector a, Vector b) { return {_mm256_mul_ps(a.value, b.value)}; }
    friend Vector operator/(Vector a, Vector b) { return {_mm256_div_ps(a.value, b.value)}; }
    static Vector gather(const float* p, int64_t step, int count) {
        const __m256i at = _mm256_mullo_epi32(_mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), _mm256_set1_epi32(static_cast<int>(step)));
        return {_mm256_mask_i32gather_ps(_mm256_setzero_ps(), p, at, _mm256_castsi256_ps(mask(count)), 4)};
    }
};

#include "kernels.inl"

const Kernels table = SMIRK_KERNELS("avx2");

}  // namespace avx2

const Kernels& avx2_kernels = avx2::table;

}  // namespace smirk::direct
#endif

// 32 registers of 16 numbers: 12 pixels by 32 columns are summed at a time.
#include "kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

namespace smirk::direct {
namespace avx512 {

constexpr int lanes = 16, group = 4, gradient_rows = 12;

struct Vector {
    __m512 value;
    static Vector zero() { return {_mm512_setzero_ps()}; }
    static Vector load(const float* p) { return {_mm512_loadu_ps(p)}; }
    static Vector all(float x) { return {_mm512_set1_ps(x)}; }
    void add_product(Vector a, Vector b) { value = _mm512_fmadd_ps(a.value, b.value, value); }
    static __mmask16 mask(int count) { return count >= lanes ? 0xFFFF : count <= 0 ? 0 : static_cast<__mmask16>((1u << count) - 1); }
    static Vector load_some(const float* p, int count) {
        return {count >= lanes ? _mm512_loadu_ps(p) : _mm512_maskz_loadu_ps(mask(count), p)};
    }
    void store(float* p, int count) const {
        // Stores with a mask are several times slower.
        if (count >= lanes)
            _mm512_storeu_ps(p, value);
        else
            _mm512_mask_storeu_ps(p, mask(count), value);
    }
    // This where z is positive, else slope times it.
    Vector activated(Vector z, Vector slope) const {
        return {_mm512_mask_mul_ps(value, _mm512_cmp_ps_mask(z.value, _mm512_setzero_ps(), _CMP_NGT_UQ), value, slope.value)};
    }
    Vector root() const { return {_mm512_maskz_sqrt_ps(0xFFFF, value)}; }  // the plain one warns in GCC 12
    friend Vector operator+(Vector a, Vector b) { return {_mm512_add_ps(a.value, b.value)}; }
    friend Vector operator-(Vector a, Vector b) { return {_mm512_sub_ps(a.value, b.value)}; }
    friend Vector operator*(Vector a, Vector b) { return {_mm512_mul_ps(a.value, b.value)}; }
    friend Vector operator/(Vector a, Vector b) { return {_mm512_div_ps(a.value, b.value)}; }
    static Vector gather(const float* p, int64_t step, int count) {
        const __m512i at = _mm512_mullo_epi32(_mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
                                              _mm512_set1_epi32(static_cast<int>(step)));
        return {_mm512_mask_i32gather_ps(_mm512_setzero_ps(), mask(count), at, p, 4)};
    }
};

#include "kernels.inl"

const Kernels table = SMIRK_KERNELS("avx512");

}  // namespace avx512

const Kernels& avx512_kernels = avx512::table;

}  // namespace smirk::direct
#endif

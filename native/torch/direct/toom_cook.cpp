#include "toom_cook.h"

namespace smirk::direct {

// Coefficients, lowest first, of the product of (x - p) over the first `count` points p except `left_out` (-1 for none).
static std::vector<double> polynomial_without(int left_out, int count) {
    std::vector<double> all{1};
    for (int i = 0; i < count; i++) {
        if (i == left_out) continue;
        all.push_back(0);
        for (size_t k = all.size() - 1; k > 0; k--) all[k] = all[k - 1] - finite_points[i] * all[k];
        all[0] *= -finite_points[i];
    }
    return all;
}

static ToomCookProduct product_at(int point, const std::vector<double>& coefficients) {
    ToomCookProduct product{point, {}, {}};
    for (size_t i = 0; i < coefficients.size(); i++)
        if (coefficients[i] != 0) product.terms.push_back({static_cast<int>(i), static_cast<float>(coefficients[i])});
    return product;
}

std::vector<ToomCookProduct> toom_cook_products(int taps, int outputs) {
    std::vector<ToomCookProduct> products;
    if (taps == 0) return products;
    const int finite = outputs + taps - 2;
    for (int i = 0; i < finite; i++) {
        auto product = product_at(i, polynomial_without(i, finite));
        double scale = 1, power = 1;
        for (int j = 0; j < finite; j++)
            if (j != i) scale *= finite_points[i] - finite_points[j];
        for (int tap = 0; tap < taps; tap++, power *= finite_points[i]) product.weight[tap] = static_cast<float>(power / scale);
        products.push_back(product);
    }

    // At infinity only the highest powers count.
    products.push_back(product_at(infinity, polynomial_without(-1, finite)));
    products.back().weight[taps - 1] = 1;
    return products;
}

float output_factor(int point, int output, int outputs) {
    if (point == infinity) return output == outputs - 1 ? 1 : 0;
    double power = 1;
    for (int i = 0; i < output; i++) power *= finite_points[point];
    return static_cast<float>(power);
}

}  // namespace smirk::direct

// Windows cut out of a picture (turned, mirrored, scaled, reflected at the edges), and blur.
#include "../shared/picture.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

using namespace smirk;

// The surroundings of (x, y), turned by `degrees` so that what leans clockwise stands upright, with `scale` result pixels to one of the
// picture. Outside the picture is its reflection. Shrinking averages areas, enlarging is bicubic.
SMIRK_EXPORT int32_t smirk_vision_window(const uint8_t* pixels, int32_t width, int32_t height, int32_t channels, double x, double y,
                                         double scale, double degrees, int32_t mirror, int32_t result_width, int32_t result_height,
                                         uint8_t* result) {
    return guarded([&] {
        checked_bytes(width, height, channels);
        checked_bytes(result_width, result_height, channels);
        require(scale >= 1e-4 && scale <= 1e4, "the scale of a window must be from 0.0001 to 10000, not ", scale);
        require(std::abs(x) <= most_bytes / 2 && std::abs(y) <= most_bytes / 2 && std::isfinite(degrees),
                "a window needs finite numbers, not (", x, ", ", y, ") turned by ", degrees);
        const int type = CV_MAKETYPE(CV_8U, channels);
        const cv::Mat picture(height, width, type, const_cast<uint8_t*>(pixels));
        cv::Mat window(result_height, result_width, type, result);
        const double radians = -degrees * CV_PI / 180, cosine = std::cos(radians) * scale, sine = std::sin(radians) * scale,
                     flip = mirror ? -1 : 1;
        // The halves: OpenCV counts from the centres of pixels, boxes from their edges.
        cv::Matx23d map(cosine * flip, -sine * flip, 0, sine, cosine, 0);
        map(0, 2) = result_width / 2.0 - 0.5 - (map(0, 0) * (x - 0.5) + map(0, 1) * (y - 0.5));
        map(1, 2) = result_height / 2.0 - 0.5 - (map(1, 0) * (x - 0.5) + map(1, 1) * (y - 0.5));
        const double reach = std::hypot(result_width, result_height) / 2 / scale + 4;
        const auto within = [](double at, int32_t side) { return static_cast<int>(std::clamp(at, 0.0, static_cast<double>(side))); };
        const int left = within(std::floor(x - reach), width), top = within(std::floor(y - reach), height);
        const int right = within(std::ceil(x + reach), width), bottom = within(std::ceil(y + reach), height);
        require(left < right && top < bottom, "the window at (", x, ", ", y, ") is outside the picture of ", width, "x", height);
        cv::Mat source = picture;
        if (scale < 0.75) {
            // warpAffine looks at four pixels only, so first average down to just above the wanted size.
            const double shrink = scale * 1.25;
            const cv::Mat part = picture(cv::Rect(left, top, right - left, bottom - top));
            cv::resize(part, source, cv::Size(std::max(1, cvRound(part.cols * shrink)), std::max(1, cvRound(part.rows * shrink))), 0, 0,
                       cv::INTER_AREA);
            const double across = static_cast<double>(part.cols) / source.cols, down = static_cast<double>(part.rows) / source.rows;
            for (int row = 0; row < 2; row++) {
                // part coordinate = (source coordinate + 0.5) * ratio - 0.5 + offset
                map(row, 2) += map(row, 0) * (left + 0.5 * across - 0.5) + map(row, 1) * (top + 0.5 * down - 0.5);
                map(row, 0) *= across;
                map(row, 1) *= down;
            }
        }
        cv::warpAffine(source, window, map, window.size(), scale > 1 ? cv::INTER_CUBIC : cv::INTER_LINEAR, cv::BORDER_REFLECT_101);
    });
}

// A Gaussian blur of `sigma` pixels.
SMIRK_EXPORT int32_t smirk_vision_blur(const uint8_t* grey, int32_t width, int32_t height, double sigma, uint8_t* result) {
    return guarded([&] {
        checked_bytes(width, height, 1);
        require(sigma > 0 && sigma <= 1000, "the sigma of a blur must be above 0 and at most 1000 pixels, not ", sigma);
        const cv::Mat picture(height, width, CV_8UC1, const_cast<uint8_t*>(grey));
        cv::Mat out(height, width, CV_8UC1, result);
        cv::GaussianBlur(picture, out, cv::Size(), sigma);
    });
}

// Cascade classifiers: raw hits of one pass over one grey picture. Which passes to make, and what hits mean, is the caller's business.
#include "common.h"

#include <opencv2/core.hpp>
#include <opencv2/objdetect.hpp>

#include <memory>
#include <stdexcept>
#include <vector>

using namespace smirk_vision;

namespace {

struct Hit {
    int32_t x, y, size;
    float weight;
};

}  // namespace

// A classifier from the text of its XML file. It is not safe for use by two threads at once.
SMIRK_VISION_API int32_t smirk_vision_cascade_open(const char *xml, int32_t length, void **cascade)
{
    return guarded([&] {
        *cascade = nullptr;
        cv::FileStorage file(std::string(xml, static_cast<size_t>(length)), cv::FileStorage::READ | cv::FileStorage::MEMORY | cv::FileStorage::FORMAT_XML);
        auto classifier = std::make_unique<cv::CascadeClassifier>();
        if (!classifier->read(file.getFirstTopLevelNode()) || classifier->empty())
            throw std::runtime_error("not a cascade that OpenCV reads");
        *cascade = classifier.release();
    });
}

SMIRK_VISION_API void smirk_vision_cascade_close(void *cascade)
{
    delete static_cast<cv::CascadeClassifier *>(cascade);
}

// The side of the window that the cascade was trained on, in pixels.
SMIRK_VISION_API int32_t smirk_vision_cascade_window(void *cascade, int32_t *side)
{
    return guarded([&] { *side = static_cast<cv::CascadeClassifier *>(cascade)->getOriginalWindowSize().width; });
}

// Every window that passes all stages, ungrouped, with the last stage's sum; count may exceed capacity, then the rest is left out.
SMIRK_VISION_API int32_t smirk_vision_cascade_detect(void *cascade, const uint8_t *grey, int32_t width, int32_t height, double step, int32_t min_size,
    int32_t max_size, void *hits, int32_t capacity, int32_t *count)
{
    return guarded([&] {
        const cv::Mat picture(height, width, CV_8UC1, const_cast<uint8_t *>(grey));
        std::vector<cv::Rect> found;
        std::vector<int> levels;
        std::vector<double> weights;
        static_cast<cv::CascadeClassifier *>(cascade)->detectMultiScale(
            picture, found, levels, weights, step, 0, 0, cv::Size(min_size, min_size), max_size > 0 ? cv::Size(max_size, max_size) : cv::Size(), true);
        *count = static_cast<int32_t>(found.size());
        auto *out = static_cast<Hit *>(hits);
        for (int32_t i = 0; i < *count && i < capacity; i++)
            out[i] = {found[i].x, found[i].y, found[i].width, i < static_cast<int32_t>(weights.size()) ? static_cast<float>(weights[i]) : 0.0f};
    });
}

// The peer: OpenCV's stock settings for a face cascade (grey, equalised, scale 1.1, 5 neighbours, 24 px), pictures spread over the cores.
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

int main(int, char **arguments)
{
    std::vector<cv::String> files;
    cv::glob(std::string(arguments[2]) + "/*.jpg", files);
    std::vector<std::vector<cv::Rect>> faces(files.size());
    cv::setNumThreads(1);
    const auto began = std::chrono::steady_clock::now();
    std::atomic<size_t> next{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < std::atoi(arguments[3]); t++)
        threads.emplace_back([&] {
            cv::CascadeClassifier cascade(arguments[1]);
            for (size_t i; (i = next++) < files.size();) {
                cv::Mat grey = cv::imread(files[i], cv::IMREAD_GRAYSCALE);
                cv::equalizeHist(grey, grey);
                cascade.detectMultiScale(grey, faces[i], 1.1, 5, 0, cv::Size(24, 24));
            }
        });
    for (auto &thread : threads)
        thread.join();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    std::printf("{\"seconds\": %.3f, \"files\": [", seconds);
    for (size_t i = 0; i < files.size(); i++) {
        std::printf("%s{\"path\": \"%s\", \"faces\": [", i ? "," : "", files[i].c_str());
        for (size_t k = 0; k < faces[i].size(); k++)
            std::printf("%s{\"x\": %d, \"y\": %d, \"w\": %d, \"h\": %d}", k ? "," : "",
                        faces[i][k].x, faces[i][k].y, faces[i][k].width, faces[i][k].height);
        std::printf("]}");
    }
    std::printf("]}\n");
}

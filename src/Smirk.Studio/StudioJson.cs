using System.Text.Json.Serialization;
using Smirk.Studio.Explore;
using Smirk.Studio.Pages;
using Smirk.Studio.Pictures;
using Smirk.Studio.Review;
using Smirk.Studio.Runs;
using Smirk.Studio.Safe;

namespace Smirk.Studio;

/// <summary>What travels between the studio and its page, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TriedPassword))]
[JsonSerializable(typeof(Invitation))]
[JsonSerializable(typeof(StudioFacts))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(PictureFacts))]
[JsonSerializable(typeof(QuestionList))]
[JsonSerializable(typeof(PairMessage))]
[JsonSerializable(typeof(CropList))]
[JsonSerializable(typeof(IReadOnlyList<CropMessage>))]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(AnswerResult))]
[JsonSerializable(typeof(IReadOnlyList<RunRow>))]
[JsonSerializable(typeof(RunMessage))]
[JsonSerializable(typeof(RunsEvent))]
[JsonSerializable(typeof(TrainingChoices))]
[JsonSerializable(typeof(TrainingOrder))]
[JsonSerializable(typeof(TrainingStarted))]
[JsonSerializable(typeof(PlanMessage))]
[JsonSerializable(typeof(NoteOrder))]
[JsonSerializable(typeof(RunContents))]
[JsonSerializable(typeof(DeleteOrder))]
[JsonSerializable(typeof(IReadOnlyList<ExploredRun>))]
[JsonSerializable(typeof(GeneratorRequest))]
[JsonSerializable(typeof(GeneratorFacts))]
[JsonSerializable(typeof(TilesRequest))]
[JsonSerializable(typeof(IReadOnlyList<PictureMessage>))]
[JsonSerializable(typeof(PictureRequest))]
[JsonSerializable(typeof(PictureMessage))]
[JsonSerializable(typeof(MixRequest))]
[JsonSerializable(typeof(MoveRequest))]
[JsonSerializable(typeof(PlacesMessage))]
[JsonSerializable(typeof(NearestMessage))]
[JsonSerializable(typeof(FileRequest))]
[JsonSerializable(typeof(ShareMessage))]
[JsonSerializable(typeof(UploadMessage))]
[JsonSerializable(typeof(ProjectRequest))]
[JsonSerializable(typeof(ProjectionName))]
[JsonSerializable(typeof(ProjectionMessage))]
internal sealed partial class StudioJson : JsonSerializerContext;

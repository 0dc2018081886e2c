using AdvFit.Learning.Data.Layouts;

namespace AdvFit.Learning.Data.Known;

/// <summary>Pictures that come with AdvFit, as photographs of many sizes; <c>data/drawn-shapes</c> says how they were made.</summary>
internal static class DrawnShapes
{
    public static KnownDataset Dataset { get; } = new(
        "drawn-shapes",
        "320 + 80 drawn pictures of four shapes in many sizes, comes with AdvFit (Apache-2.0)",
        new PhotographLayout(),
        Shape: null,
        Train: 320,
        Test: 80,
        ["circle", "cross", "square", "triangle"],
        Files: [],
        Downloads: [],
        Mirrors: []);
}

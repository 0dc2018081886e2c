using System.Collections.Immutable;
using AdvFit.Learning.Data.Layouts;

namespace AdvFit.Learning.Data.Photographs;

/// <summary>One photograph of a folder.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">Its path in the folder of the data set, with slashes: <c>train/CLASS/FILE</c>.</param>
/// <param name="Label">Its class.</param>
internal sealed record PhotographFile(string Path, string Name, byte Label);

/// <summary>What a folder of photographs by class holds, classes and files in ordinal order of their names.</summary>
/// <param name="Classes">Names of the class folders; a label is an index into them.</param>
/// <param name="Train">The train split.</param>
/// <param name="Test">The test split.</param>
internal sealed record PhotographFolder(
    ImmutableArray<string> Classes, ImmutableArray<PhotographFile> Train, ImmutableArray<PhotographFile> Test)
{
    /// <summary>Most classes that a label of one byte can tell apart.</summary>
    private const int MostClasses = 256;

    /// <summary>
    /// Lists a folder, and opens no file of it. Every file in the folder of a class counts as a photograph, whatever its name, but for
    /// those whose names begin with a dot.
    /// </summary>
    /// <exception cref="DatasetException">
    /// A split is missing or there are two for testing; a class has no photographs or no train folder.
    /// </exception>
    public static PhotographFolder List(string path)
    {
        var tests = PhotographLayout.TestFolders.Where(split => Directory.Exists(System.IO.Path.Combine(path, split))).ToList();
        if (tests is not [var test])
        {
            throw new DatasetException(tests.Count == 0
                ? $"{path} has neither val nor test; put folders of the same classes as in train there."
                : $"{path} has both {string.Join(" and ", tests)}; leave only the one that is to be the test split.");
        }

        return DataFile.Reading(path, _ =>
        {
            var classes = Folders(System.IO.Path.Combine(path, PhotographLayout.Train));
            if (classes.Length is < 2 or > MostClasses)
            {
                throw new DatasetException(
                    $"{path}/{PhotographLayout.Train} has {classes.Length} folders of classes; there must be 2 to {MostClasses}.");
            }

            if (Folders(System.IO.Path.Combine(path, test)).Except(classes).FirstOrDefault() is { } unknown)
            {
                throw new DatasetException(
                    $"{path}/{test} has a class {unknown}, which {PhotographLayout.Train} lacks; add it there or remove it here.");
            }

            var (trainFiles, testFiles) = (Files(path, PhotographLayout.Train, classes), Files(path, test, classes));
            return new PhotographFolder(classes, trainFiles, testFiles).Checked(path, test);
        });
    }

    private PhotographFolder Checked(string path, string test)
    {
        for (var label = 0; label < Classes.Length; label++)
        {
            if (Train.All(file => file.Label != label))
            {
                throw new DatasetException(
                    $"{path}/{PhotographLayout.Train}/{Classes[label]} has no photographs; add some, or remove the folder.");
            }
        }

        return Test.IsEmpty ? throw new DatasetException($"{path}/{test} has no photographs; add some.") : this;
    }

    private static ImmutableArray<string> Folders(string path) => !Directory.Exists(path) ? [] :
    [
        .. Directory.EnumerateDirectories(path).Select(folder => System.IO.Path.GetFileName(folder))
            .Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal),
    ];

    private static ImmutableArray<PhotographFile> Files(string path, string split, ImmutableArray<string> classes) =>
    [
        .. from label in Enumerable.Range(0, classes.Length)
           let folder = System.IO.Path.Combine(path, split, classes[label])
           where Directory.Exists(folder)
           from entry in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal)
           let name = System.IO.Path.GetFileName(entry)
           where !name.StartsWith('.')
           select new PhotographFile(entry, $"{split}/{classes[label]}/{name}", (byte)label),
    ];
}

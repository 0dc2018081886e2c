using YamlDotNet.Core;

namespace AdvFit.Sweeps.Spec;

/// <summary>What readers of YAML files share: they report all problems at once, with their places.</summary>
internal static class SpecFile
{
    /// <summary>The text of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it is, for messages: <c>spec</c>.</param>
    /// <exception cref="SpecException">The file cannot be read.</exception>
    public static string ReadText(string path, string what)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SpecException($"There is no {what} {path}; give the path of a YAML file.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SpecException($"The {what} {path} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads the one mapping that a file is.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="what">What the mapping describes, for messages: <c>the spec</c>.</param>
    /// <param name="known">The keys that it may have.</param>
    /// <param name="read">Makes something of it; what that returns counts only if it finds no problem.</param>
    /// <exception cref="SpecException">There are problems.</exception>
    public static T Parse<T>(
        string yaml, string file, string what, IReadOnlyCollection<string> known, Func<SpecSection, SpecProblems, T> read)
        where T : class?
    {
        var problems = new SpecProblems(file);
        T? result = null;
        try
        {
            switch (YamlTree.Parse(yaml))
            {
                case YamlMapping mapping:
                    result = read(new SpecSection(mapping, what, known, problems), problems);
                    break;
                case var other:
                    problems.Add(
                        other?.Start ?? new Mark(0, 1, 1), $"{what} is a mapping with {string.Join(", ", known)}");
                    break;
            }
        }
        catch (YamlException error)
        {
            problems.Add(error.Start, $"not valid YAML: {error.Message}");
        }

        problems.ThrowIfAny();
        return result!;
    }
}

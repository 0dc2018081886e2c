using System.Net;
using System.Reflection;
using AdvFit.Experiments;
using AdvFit.Learning.Data;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Api.Tests;

/// <summary>A spec that a server cannot take is refused in the words in which this machine would refuse it.</summary>
public sealed class Mistakes_of_clients : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("nosuch", 50, "lenet5", "No data set or folder is called 'nosuch'")]
    [InlineData("mnist", 50, "lenet5", "run `advfit data fetch mnist`")]
    [InlineData("FOLDER/none", 50, "lenet5", "There is no folder")]
    [InlineData("FOLDER", 50, "lenet5", "holds no data set")]
    [InlineData("fashion-mnist-mini", 50_000, "lenet5", "ask for at most that many")]
    [InlineData("fashion-mnist-mini", 50, "lenet5\nclassifier: knn\nneighbours: { z: 99 }", "give a smaller `z`")]
    public async Task What_the_data_do_not_allow_is_worded_as_on_this_machine(string dataset, int train, string network, string words)
    {
        var folder = Directory.CreateDirectory(_server.File("data")).FullName;
        var text = Spec(dataset.Replace("FOLDER", folder, StringComparison.Ordinal), train, network);
        var folders = new DatasetFolders(folder) { Within = [folder] };
        _server.Service.Check = spec => SweepInputs.Of("the spec", spec, folders);
        var here = Should.Throw<Exception>(() => SweepInputs.Of(
            "the spec", new SpecReader(SpecVocabulary.Engine).Parse(text, "the spec"), new DatasetFolders(folder)));

        var there = await _server.PostAsync("sweeps", text).Refused(HttpStatusCode.BadRequest);

        there.ShouldBe(here.Message);
        there.ShouldContain(words);
    }

    [Fact]
    public async Task Folders_that_the_operator_does_not_allow_are_refused_whether_they_are_there_or_not()
    {
        var folder = Directory.CreateDirectory(_server.File("data")).FullName;
        var folders = new DatasetFolders(folder) { Within = [folder] };
        _server.Service.Check = spec => SweepInputs.Of("the spec", spec, folders);

        foreach (var outside in new[] { "/etc", "/no/such/folder", $"{folder}/../store" })
        {
            (await _server.PostAsync("sweeps", Spec(outside, 50, "lenet5")).Refused(HttpStatusCode.BadRequest))
                .ShouldStartWith($"'{outside}' is no known data set, and none that a spec may name here");
        }
    }

    /// <summary>Whatever reads a spec and its data may throw is one of these, or a fault of the program.</summary>
    [Fact]
    public async Task Every_refusal_that_has_words_reaches_the_client_in_them()
    {
        Type[] worded =
        [
            .. new[] { typeof(SweepSpec), typeof(Dataset), typeof(Workflow), typeof(Analysis.SweepAnalysis), typeof(SweepInputs), typeof(ISweepService) }
                .SelectMany(type => type.Assembly.GetExportedTypes())
                .Where(type => type.IsSubclassOf(typeof(Exception)) && type != typeof(Sweeps.Notifications.NotificationException)),
            typeof(IOException), typeof(FileNotFoundException), typeof(DirectoryNotFoundException), typeof(UnauthorizedAccessException),
            typeof(FormatException),
        ];
        worded.ShouldContain(typeof(DatasetException));

        foreach (var type in worded)
        {
            var sentence = $"The {type.Name} has words.";
            var thrown = Create(type, sentence);
            _server.Service.Check = _ => throw thrown;

            using var answer = await _server.PostAsync("sweeps", TestServer.Spec);

            (await answer.Content.ReadAsStringAsync()).ShouldContain(sentence, Case.Sensitive, type.Name);
        }
    }

    private static string Spec(string dataset, int train, string network) => TestServer.Spec
        .Replace("dataset: tiny", $"dataset: {dataset}", StringComparison.Ordinal)
        .Replace("train: 50", $"train: {train}", StringComparison.Ordinal)
        .Replace("lenet5", network, StringComparison.Ordinal);

    private static Exception Create(Type type, string sentence)
    {
        var constructor = type.GetConstructors().First(
            made => made.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(string));
        return (Exception)constructor.Invoke(
        [
            sentence,
            .. constructor.GetParameters().Skip(1).Select(parameter => parameter.HasDefaultValue ? parameter.DefaultValue : false),
        ]);
    }
}

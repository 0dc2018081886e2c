namespace AdvFit.Cli.Tests;

/// <summary>A sweep that goes on in another store ends as it would have ended here.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sweep_that_was_interrupted_here_is_resumed_there_to_the_same_bytes()
    {
        _folder.Write("spec.yaml", TinySpec.Text);
        BuiltProgram.RunUntil("deepfool fooled", process => process.Kill(), _folder, "run", "spec.yaml", "--slots", "1").ShouldNotBeNull();
        Done("export", "tiny", "-o", "tiny.advfit").ShouldContain("is in tiny.advfit");
        Done("import", "tiny.advfit", "--store", "other").ShouldContain("is imported");
        Done("import", "tiny.advfit", "--store", "other").ShouldContain("is here already");

        var there = Done("resume", "tiny", "--store", "other");
        Done("resume", "tiny");

        there.ShouldNotContain("shuffle 1  epoch");
        Done("results", "--json", "--store", "other").ShouldBe(Done("results", "--json"));
        Refused(ExitCodes.BadInput, "import", "tiny.advfit", "--store", "other").ShouldContain("nothing to import");
    }

    [Fact]
    public void Without_images_the_results_come_along_and_an_extension_computes_what_it_needs()
    {
        var fgsm = TinySpec.Text.Replace("[fgsm, { attack: deepfool, samples: 20 }]", "[fgsm]", StringComparison.Ordinal);
        _folder.Write("fgsm.yaml", fgsm);
        _folder.Write("both.yaml", TinySpec.Text);
        Done("run", "fgsm.yaml");
        var results = Done("results", "--json");
        Done("export", "-o", "whole.advfit");
        Done("export", "-o", "small.advfit", "--without-images");
        new FileInfo(_folder["small.advfit"]).Length.ShouldBeLessThan(new FileInfo(_folder["whole.advfit"]).Length / 4);

        Done("import", "small.advfit", "--store", "other");

        Done("results", "--json", "--store", "other").ShouldBe(results);
        Done("repair", "--store", "other").ShouldContain("all are whole");
        Done("run", "both.yaml", "--store", "other");
        Done("run", "both.yaml");
        Done("results", "--json", "--store", "other").ShouldBe(Done("results", "--json"));
    }

    [Fact]
    public void What_cannot_be_exported_or_imported_is_said()
    {
        Refused(ExitCodes.BadInput, "export", "-o", "x.advfit").ShouldContain("There are no sweeps");
        Refused(ExitCodes.BadInput, "export", "-o", "nowhere/x.advfit").ShouldContain("There is no folder");
        Refused(ExitCodes.BadInput, "import", "none.advfit").ShouldContain("There is no archive");
        _folder.Write("spec.yaml", TinySpec.Text);
        Refused(ExitCodes.StoreTrouble, "import", "spec.yaml").ShouldContain("is no archive of a sweep");
        BuiltProgram.RunUntil(
            "epoch 1/2",
            process =>
            {
                Refused(ExitCodes.BadInput, "export", "-o", "x.advfit").ShouldContain($"worked on by process {process.Id}");
                process.Kill();
            },
            _folder, "run", "spec.yaml").ShouldNotBeNull();
        File.Exists(_folder["x.advfit"]).ShouldBeFalse();
    }

    private string Done(params string[] arguments) => BuiltProgram.Done(_folder, arguments);

    private string Refused(int code, params string[] arguments) => BuiltProgram.Refused(_folder, code, arguments);
}

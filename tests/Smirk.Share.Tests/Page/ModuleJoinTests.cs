using Smirk.Share.Page;

namespace Smirk.Share.Tests.Page;

/// <summary>Modules that are made one script.</summary>
public sealed class ModuleJoinTests
{
    private static readonly Dictionary<string, string> Modules = new()
    {
        ["page/a.js"] = """
            import { b, C as D } from "../lib/b.js";
            import { shared } from "./shared.js";
            /** @typedef {import("../lib/b.js").C} C */
            export const a = b + new D().c + shared;

            """,
        ["lib/b.js"] = "import { shared } from \"../page/shared.js\";\nexport function b() {}\nexport class C {}\n",
        ["page/shared.js"] = "export const shared = 1;\n",
        ["circle.js"] = "import { other } from \"./other.js\";\n",
        ["other.js"] = "import { circle } from \"./circle.js\";\n",
        ["star.js"] = "import * as all from \"./other.js\";\n",
    };

    [Fact]
    public void Each_module_comes_once_after_those_that_it_needs()
    {
        var script = ModuleJoin.Of("page/a.js", name => Modules[name]);
        Assert.Equal("""
            "use strict";
            // page/shared.js
            const module0 = (() => {
            const shared = 1;
            return { shared };
            })();
            // lib/b.js
            const module1 = (() => {
            const { shared } = module0;
            function b() {}
            class C {}
            return { b, C };
            })();
            // page/a.js
            const module2 = (() => {
            const { b, C: D } = module1;
            const { shared } = module0;
            const a = b + new D().c + shared;
            return { a };
            })();

            """, script);
    }

    [Fact]
    public void Circles_and_imports_of_another_form_are_refused()
    {
        Assert.Contains("circle.js", Refused("circle.js"));
        Assert.Contains("* as all", Refused("star.js"));

        static string Refused(string entry) =>
            Assert.Throws<InvalidOperationException>(() => ModuleJoin.Of(entry, name => Modules[name])).Message;
    }

    [Fact]
    public void Modules_of_the_page_have_fewer_than_150_lines_and_nothing_that_would_end_a_script()
    {
        var web = Path.Combine(TestData.Repository, "web");
        foreach (var path in Directory.GetFiles(web, "*.js", SearchOption.AllDirectories).Where(path => !path.Contains("node_modules")))
        {
            var text = File.ReadAllText(path);
            Assert.True(text.Split('\n').Length < 150, $"{path} is too long; split it by what it is about");
            Assert.DoesNotContain("</", text);
        }
    }
}

/** What every web server of this process tells browsers about its answers. */
package io.hyperfleet.web;
